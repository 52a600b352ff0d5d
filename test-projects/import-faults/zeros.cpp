#include "zeros.h"

PyObject *zeros(npy_intp length) { return PyArray_ZEROS(1, &length, NPY_DOUBLE, 0); }
