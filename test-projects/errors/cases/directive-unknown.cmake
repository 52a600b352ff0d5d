# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES 'boundcheck=False': Cython [0-9.]+\w* has no directive 'boundcheck'\. Did you mean 'boundscheck'\? Correct the name, or leave it out\.$
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundcheck=False)
