#include "padded.h"

#include <numpy/arrayobject.h>

#include <algorithm>

// A copy of an array of doubles, with a zero before and one after it.
PyObject *padded_array(PyObject *array) {
    PyArrayObject *values =
        reinterpret_cast<PyArrayObject *>(PyArray_FROMANY(array, NPY_DOUBLE, 1, 1, NPY_ARRAY_IN_ARRAY));
    if (!values) {
        return nullptr;
    }
    npy_intp size = PyArray_SIZE(values);
    npy_intp padded_size = size + 2;
    PyObject *result = PyArray_ZEROS(1, &padded_size, NPY_DOUBLE, 0);
    if (result) {
        const double *from = static_cast<const double *>(PyArray_DATA(values));
        double *to = static_cast<double *>(PyArray_DATA(reinterpret_cast<PyArrayObject *>(result)));
        std::copy(from, from + size, to + 1);
    }
    Py_DECREF(values);
    return result;
}
