# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES 'boundscheck=maybe' is not valid: boundscheck directive must be set to True or False, got 'maybe'\. Correct it, or leave it out\.$
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundscheck=maybe)
