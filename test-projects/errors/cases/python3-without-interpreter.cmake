# EXPECT: ^add_cython_ufunc_module\(bad\): no Python interpreter was found, or find_package\(Python3\) was called without the component Interpreter\. Before it, call find_package\(Python3 
# FIND_PYTHON: Python3 COMPONENTS Development.Module
add_cython_ufunc_module(bad good.pyx)
