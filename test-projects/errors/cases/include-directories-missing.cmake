# EXPECT: ^add_cython_ufunc_module\(bad\): INCLUDE_DIRECTORIES 'inlcude' does not exist: \S*/errors/inlcude\. Correct it, or leave it out\.$
add_cython_ufunc_module(bad good.pyx INCLUDE_DIRECTORIES inlcude)
