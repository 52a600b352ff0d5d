#include "total.hpp"

#include <numpy/arrayobject.h>

PyObject *sum_of(PyObject *numbers) {
    PyObject *array = PyArray_FROM_OTF(numbers, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    if (array == nullptr) {
        return nullptr;
    }
    PyObject *sum = PyArray_Sum(reinterpret_cast<PyArrayObject *>(array), NPY_RAVEL_AXIS, NPY_DOUBLE, nullptr);
    Py_DECREF(array);
    return sum;
}
