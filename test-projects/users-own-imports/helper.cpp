#include "helper.h"

#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

namespace {

bool array1_works() {
    import_array1(false);
    return true;
}

bool array2_works() {
    import_array2("no array API", false);
    return true;
}

bool umath_works() {
    import_umath1(false);
    import_umath2(false, "no ufunc API");
    import_ufunc();
    return true;
}

double square(double x) { return x * x; }

} // namespace

PyObject *cpp_import_all(void) {
    import_array();
    import_umath();
    int failures = !array1_works() + !array2_works() + !umath_works();
#if NPY_ABI_VERSION >= 0x02000000
    failures += PyArray_ImportNumPyAPI() < 0;
    failures += PyUFunc_ImportUFuncAPI() < 0;
#endif
    return PyLong_FromLong(failures);
}

PyObject *cpp_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    return PyArray_ZEROS(1, &shape, NPY_DOUBLE, 0);
}

PyObject *cpp_square(void) {
    static PyUFuncGenericFunction loops[] = {PyUFunc_d_d};
    static void *data[] = {reinterpret_cast<void *>(&square)};
    static char types[] = {NPY_DOUBLE, NPY_DOUBLE};
    return PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1, PyUFunc_None, "square", nullptr, 0);
}
