#include <Python.h>

#include <numpy/arrayobject.h>

PyObject *flat(PyObject *array);

PyObject *flat(PyObject *array) { return PyArray_Ravel((PyArrayObject *)array, NPY_CORDER); }
