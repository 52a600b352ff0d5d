# EXPECT: ^add_cython_ufunc_module\(bad\): this Python is too old; 3\.8 or newer is needed\. Found: Python 3\.7\.9 at \S+\. Set Python_EXECUTABLE to a newer one\.$
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module NumPy
set(Python_VERSION 3.7.9)
add_cython_ufunc_module(bad good.pyx)
