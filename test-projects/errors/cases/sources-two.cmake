# EXPECT: ^add_cython_ufunc_module\(bad\): 2 Cython sources: good\.pyx, other\.py\. One module has one; make a module of each, and join them by cimport\.$
add_cython_ufunc_module(bad good.pyx other.py)
