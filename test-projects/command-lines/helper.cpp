#include <Python.h>
#include <numpy/arrayobject.h>

npy_intp size_of(PyArrayObject *array) { return PyArray_SIZE(array); }
