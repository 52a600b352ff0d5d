#include "filled.h"

#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/arrayobject.h>

#include <algorithm>

PyObject *filled(Py_ssize_t length, double value) {
    npy_intp size = length;
    PyObject *const array = PyArray_SimpleNew(1, &size, NPY_DOUBLE);
    if (array != nullptr) {
        auto *const data = static_cast<double *>(PyArray_DATA(reinterpret_cast<PyArrayObject *>(array)));
        std::fill_n(data, length, value);
    }
    return array;
}
