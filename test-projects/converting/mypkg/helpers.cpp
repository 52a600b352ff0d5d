// With the ritual that files of other builds need. It may stay.
#define NO_IMPORT_ARRAY
#include "helpers.h"

#include <numpy/arrayobject.h>

PyObject *scaled_range(Py_ssize_t count, double factor) {
    npy_intp shape[] = {count};
    PyObject *result = PyArray_SimpleNew(1, shape, NPY_DOUBLE);
    if (result == nullptr) {
        return nullptr;
    }
    auto *values = static_cast<double *>(PyArray_DATA(reinterpret_cast<PyArrayObject *>(result)));
    for (Py_ssize_t index = 0; index < count; ++index) {
        values[index] = factor * static_cast<double>(index);
    }
    return result;
}
