# EXPECT: ^add_cython_ufunc_module\(bad\): unknown keyword NUMPY_TARGET\. Did you mean NUMPY_TARGET_VERSION\?
add_cython_ufunc_module(bad good.pyx NUMPY_TARGET 1.25)
