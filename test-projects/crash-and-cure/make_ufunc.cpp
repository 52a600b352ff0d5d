#include "make_ufunc.h"

#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

namespace {

void halve(char **args, const npy_intp *dimensions, const npy_intp *steps, void *) {
    for (npy_intp i = 0; i < dimensions[0]; ++i) {
        const double x = *reinterpret_cast<double *>(args[0] + i * steps[0]);
        *reinterpret_cast<double *>(args[1] + i * steps[1]) = x / 2;
    }
}

PyUFuncGenericFunction loops[] = {halve};
char types[] = {NPY_DOUBLE, NPY_DOUBLE};
void *data[] = {nullptr};

} // namespace

PyObject *make_ufunc(void) {
    return PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1, PyUFunc_None, "halve", "Halves.", 0);
}
