#include "helper.h"

#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

static int failed_array1(void) {
    import_array1(1);
    return 0;
}

static int failed_array2(void) {
    import_array2("no array API", 1);
    return 0;
}

static int failed_umath1(void) {
    import_umath1(1);
    return 0;
}

static int failed_umath2(void) {
    import_umath2(1, "no ufunc API");
    return 0;
}

PyObject *c_import_all(void) {
    int failures = 0;
    import_umath();
    import_ufunc();
    import_array();
    failures += failed_array1() + failed_array2() + failed_umath1() + failed_umath2();
    failures += _import_array() < 0;
    failures += _import_umath() < 0;
#if NPY_ABI_VERSION >= 0x02000000
    failures += PyArray_ImportNumPyAPI() < 0;
    failures += PyUFunc_ImportUFuncAPI() < 0;
#endif
    return PyLong_FromLong(failures);
}

PyObject *c_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    return PyArray_ZEROS(1, &shape, NPY_LONG, 0);
}

static double square(double x) { return x * x; }
static PyUFuncGenericFunction loops[1];
static void *data[1];
static char types[] = {NPY_DOUBLE, NPY_DOUBLE};

PyObject *c_square(void) {
    double (**function)(double) = (double (**)(double))(void *)data;
    *function = square;
    loops[0] = PyUFunc_d_d;
    return PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1, PyUFunc_None, "square", NULL, 0);
}
