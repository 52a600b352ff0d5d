#include "helpers.h"

PyObject *first_array() {
    npy_intp length = 1;
    return PyArray_ZEROS(1, &length, NPY_DOUBLE, 0);
}
