# EXPECT: ^add_cython_ufunc_module\(bad\): unknown keyword WHATEVER_THIS_IS\. Known are: ANNOTATE, 
add_cython_ufunc_module(bad good.pyx WHATEVER_THIS_IS on)
