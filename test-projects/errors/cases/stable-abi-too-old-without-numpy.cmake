# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.7 needs the ABI of Python 3\.8 or newer\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.1
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.7 NO_NUMPY)
