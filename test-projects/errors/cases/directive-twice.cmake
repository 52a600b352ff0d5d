# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES has both 'boundscheck=False' and 'boundscheck=True'\. Give boundscheck once\.$
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundscheck=False wraparound=False boundscheck=True)
