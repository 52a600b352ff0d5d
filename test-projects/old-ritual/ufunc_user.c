/* What an earlier header may have defined. */
#define NO_IMPORT_ARRAY
#undef NO_IMPORT_ARRAY
#undef NO_IMPORT
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC 1
#define PY_ARRAY_UNIQUE_SYMBOL ufunc_tables_ARRAY_API
#define PY_UFUNC_UNIQUE_SYMBOL ufunc_tables_UFUNC_API
#include <Python.h>

#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

static double triple(double x) { return 3.0 * x; }

static PyUFuncGenericFunction loops[1];
static void *functions[] = {(void *)triple};
static char types[] = {NPY_DOUBLE, NPY_DOUBLE};

PyObject *make_triple(void);

PyObject *make_triple(void) {
    loops[0] = PyUFunc_d_d;
    return PyUFunc_FromFuncAndData(loops, functions, types, 1, 1, 1, PyUFunc_None, "triple", "Three times x.", 0);
}
