# EXPECT: ^add_cython_ufunc_module\(bad\): Python's headers were not found, or find_package\(Python3\) was called without the component Development\.Module\. Found: Python [0-9.]+ at \S+\. Before it, call find_package\(Python3 COMPONENTS Interpreter Development\.Module NumPy REQUIRED\)\. On Debian the headers are in the package python3-dev\.$
# FIND_PYTHON: Python3 COMPONENTS Interpreter
add_cython_ufunc_module(bad good.pyx)
