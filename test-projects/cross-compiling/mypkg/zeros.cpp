#include "zeros.h"

#include <numpy/arrayobject.h>

PyObject *make_zeros(Py_ssize_t length) {
    npy_intp shape[1] = {length};
    return PyArray_ZEROS(1, shape, NPY_DOUBLE, 0);
}
