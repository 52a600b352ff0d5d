#include "total.h"

#include <numpy/arrayobject.h>

PyObject *total_of(PyObject *array) {
    return PyArray_Sum(reinterpret_cast<PyArrayObject *>(array), 0, NPY_DOUBLE, nullptr);
}
