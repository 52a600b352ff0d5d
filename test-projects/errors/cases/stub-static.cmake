# EXPECT: ^add_cython_ufunc_module\(bad\): STUB is given with STATIC, but a type stub belongs beside a file that Python imports, and a static module has none\. Leave STUB out\.$
add_cython_ufunc_module(bad good.pyx STATIC STUB GENERATE)
