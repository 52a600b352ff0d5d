#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include <Python.h>

#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

PyObject *reversed_copy(PyObject *array);

PyObject *reversed_copy(PyObject *array) {
    PyObject *step = PyLong_FromLong(-1);
    PyObject *slice = PySlice_New(nullptr, nullptr, step);
    PyObject *view = PyObject_GetItem(array, slice);
    Py_XDECREF(slice);
    Py_XDECREF(step);
    PyObject *copy = view == nullptr ? nullptr : PyArray_NewCopy((PyArrayObject *)view, NPY_CORDER);
    Py_XDECREF(view);
    return copy;
}
