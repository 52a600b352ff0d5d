// Each module has functions of these names, and they differ.
#include "helper.h"

#include <numpy/arrayobject.h>

double scale_factor(void) { return FACTOR; }

PyObject *new_array(Py_ssize_t length) {
    npy_intp shape[] = {length};
    return PyArray_SimpleNew(1, shape, NPY_DOUBLE);
}
