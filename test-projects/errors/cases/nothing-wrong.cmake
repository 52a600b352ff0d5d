# NO ERROR
add_cython_ufunc_module(good good.pyx helper.c MODULE_NAME pkg.good DIRECTIVES boundscheck=False)
