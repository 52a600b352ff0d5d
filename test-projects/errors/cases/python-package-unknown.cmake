# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_UFUNC_PYTHON_PACKAGE is 'Python4', but no find_package\(\) of that name was called\. Set it to Python or Python3, whichever was, or unset it\.$
set(CYTHON_UFUNC_PYTHON_PACKAGE Python4)
add_cython_ufunc_module(bad good.pyx)
