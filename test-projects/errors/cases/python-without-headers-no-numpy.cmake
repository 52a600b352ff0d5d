# EXPECT: ^add_cython_ufunc_module\(bad\): Python's headers were not found.* call find_package\(Python COMPONENTS Interpreter Development\.Module REQUIRED\)\.
# FIND_PYTHON: Python COMPONENTS Interpreter
add_cython_ufunc_module(bad good.pyx NO_NUMPY)
