#include "helper.h"

#include <numpy/arrayobject.h>

PyObject *helper_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    PyObject *array = PyArray_SimpleNew(1, &shape, NPY_DOUBLE);
    if (array != NULL) {
        PyArray_FILLWBYTE((PyArrayObject *)array, 0);
    }
    return array;
}
