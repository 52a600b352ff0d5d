# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--annotat-fullc': Cython [0-9.]+\w* says: unknown option --annotat-fullc\. Did you mean '--annotate-fullc'\? Correct it, or leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --annotat-fullc)
