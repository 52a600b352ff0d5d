# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.12 is newer than the wheel's, which scikit-build-core marks as one for Python 3\.11 \(wheel\.py-api\): that Python could not import the module\. Leave STABLE_ABI out, or set wheel\.py-api to match\.$
# PYTHONPATH: cython-3.1
set(SKBUILD_SABI_VERSION 3.11) # as scikit-build-core sets it
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.12)
