# EXPECT: ^add_cython_ufunc_module\(bad\): NUMPY_TARGET_VERSION '1\.25\.2' is not a version of the form <major>\.<minor>, such as 1\.25\. Correct it, or leave NUMPY_TARGET_VERSION out\.$
add_cython_ufunc_module(bad good.pyx NUMPY_TARGET_VERSION 1.25.2)
