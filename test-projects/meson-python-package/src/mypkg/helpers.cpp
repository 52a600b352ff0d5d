#include "helpers.h"

#include <numpy/arrayobject.h>

PyObject *helper_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    return PyArray_ZEROS(1, &shape, NPY_DOUBLE, 0);
}
