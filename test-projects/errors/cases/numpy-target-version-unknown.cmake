# EXPECT: ^add_cython_ufunc_module\(bad\): NUMPY_TARGET_VERSION 9\.9 is not one that NumPy [0-9.]+ can target\. Give one of: .*1\.25.*; or build with a newer NumPy\.$
# NEEDS: numpy >= 1.25, older ones have no such target
add_cython_ufunc_module(bad good.pyx NUMPY_TARGET_VERSION 9.9)
