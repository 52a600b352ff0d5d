#define NO_IMPORT_ARRAY
#define PY_ARRAY_UNIQUE_SYMBOL verbatim_ARRAY_API
#include <Python.h>

#include <numpy/ndarrayobject.h>

PyObject *transposed(PyObject *array);

PyObject *transposed(PyObject *array) { return PyArray_Transpose((PyArrayObject *)array, NULL); }
