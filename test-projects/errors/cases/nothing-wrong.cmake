# NO ERROR
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module NumPy
add_cython_ufunc_module(good good.pyx helper.c MODULE_NAME pkg.good DIRECTIVES boundscheck=False)
