#include "shared_tables.h"

int fill_with(PyObject *array, PyObject *value) { return PyArray_FillWithScalar((PyArrayObject *)array, value); }
