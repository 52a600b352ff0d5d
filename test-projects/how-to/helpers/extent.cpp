#include "measuring.h"

#include <numpy/arrayobject.h>

PyObject *extent(PyObject *object) {
    PyObject *array = PyArray_FROM_O(object);
    if (array == nullptr) {
        return nullptr;
    }
    auto *typed = reinterpret_cast<PyArrayObject *>(array);
    PyObject *result = Py_BuildValue("NN", PyArray_Min(typed, 0, nullptr), PyArray_Max(typed, 0, nullptr));
    Py_DECREF(array);
    return result;
}
