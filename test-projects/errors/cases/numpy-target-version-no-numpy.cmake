# EXPECT: ^add_cython_ufunc_module\(bad\): NUMPY_TARGET_VERSION goes with NumPy, but NO_NUMPY is given\. Remove one\.$
add_cython_ufunc_module(bad good.pyx NO_NUMPY NUMPY_TARGET_VERSION 1.25)
