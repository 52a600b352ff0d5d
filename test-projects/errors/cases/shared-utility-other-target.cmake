# EXPECT: ^add_cython_ufunc_module\(bad\): the variable CYTHON_UFUNC_SHARED_UTILITY is 'other', which is not a target made by add_cython_shared_utility\(\)\. Call that before, or give NONE\.$
add_library(other INTERFACE)
set(CYTHON_UFUNC_SHARED_UTILITY other)
add_cython_ufunc_module(bad good.pyx)
