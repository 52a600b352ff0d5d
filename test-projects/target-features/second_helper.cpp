#include "helpers.h"

PyObject *second_array() {
    npy_intp length = 2;
    return PyArray_ZEROS(1, &length, NPY_DOUBLE, 0);
}
