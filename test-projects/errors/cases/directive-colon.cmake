# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES 'boundschek:False' is not of the form <name>=<value>, such as boundscheck=False\. Did you mean 'boundscheck'\? Give it a value
add_cython_ufunc_module(bad good.pyx DIRECTIVES boundschek:False)
