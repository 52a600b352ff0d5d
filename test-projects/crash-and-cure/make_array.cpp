#include "make_array.h"

#include <numpy/arrayobject.h>

PyObject *make_array(Py_ssize_t length) {
    npy_intp shape[1] = {length};
    return PyArray_SimpleNew(1, shape, NPY_DOUBLE);
}
