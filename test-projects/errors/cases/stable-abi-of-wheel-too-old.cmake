# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.8 \(wheel\.py-api of scikit-build-core\) needs the ABI of Python 3\.11 or newer, the first with the buffer protocol that NumPy's users need\. Change that, or remove wheel\.py-api\.$
# PYTHONPATH: cython-3.1
set(SKBUILD_SABI_VERSION 3.8) # as scikit-build-core sets it
add_cython_ufunc_module(bad good.pyx)
