# EXPECT: ^add_cython_ufunc_module\(bad\): no Python interpreter was found, or find_package\(Python\) was called without the component Interpreter\. Before it, call find_package\(Python COMPONENTS Interpreter Development\.Module NumPy REQUIRED\)\. Set Python_EXECUTABLE to point it to one \(it is '/nowhere/python'\)\.$
# DEFINE: Python_EXECUTABLE=/nowhere/python
add_cython_ufunc_module(bad good.pyx)
