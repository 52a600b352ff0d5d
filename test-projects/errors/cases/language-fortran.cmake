# EXPECT: ^add_cython_ufunc_module\(bad\): LANGUAGE 'Fortran' is neither C nor CXX\. Give one of them, or leave it out\.$
add_cython_ufunc_module(bad good.pyx LANGUAGE Fortran)
