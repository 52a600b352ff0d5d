// SPDX-License-Identifier: BSD-3-Clause
#include <Python.h>
#include <numpy/arrayobject.h>

extern "C" PyObject *zeros(Py_ssize_t length) {
    npy_intp shape = length;
    return PyArray_ZEROS(1, &shape, NPY_DOUBLE, 0);
}
