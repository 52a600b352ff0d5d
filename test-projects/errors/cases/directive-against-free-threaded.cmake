# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES has 'freethreading_compatible=False', but FREE_THREADED sets freethreading_compatible=True\. Remove one\.$
# NEEDS: cython >= 3.1, older ones have no such directive
add_cython_ufunc_module(bad good.pyx FREE_THREADED DIRECTIVES freethreading_compatible=False)
