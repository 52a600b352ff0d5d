# EXPECT: ^add_cython_ufunc_module\(bad\): DIRECTIVES has 'linetrace=False', but COVERAGE sets linetrace=True\. Remove one\.$
add_cython_ufunc_module(bad good.pyx COVERAGE DIRECTIVES linetrace=False)
