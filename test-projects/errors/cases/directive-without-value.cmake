# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES 'boundscheck' is not of the form <name>=<value>, such as boundscheck=False\. Did you mean 'boundscheck'\?$
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundscheck)
