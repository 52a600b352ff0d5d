# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES 'boundscheck' is not of the form <name>=<value>, such as boundscheck=False\. Give it a value, or leave it out\.$
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundscheck)
