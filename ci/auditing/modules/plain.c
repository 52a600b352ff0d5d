// SPDX-License-Identifier: BSD-3-Clause
// Ordinary use in one file.
#include "common.h"

static PyObject *twice(PyObject *self, PyObject *argument) {
    PyObject *array = PyArray_FROM_OTF(argument, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    if (!array)
        return NULL;
    npy_intp size = PyArray_SIZE((PyArrayObject *)array);
    PyObject *result = PyArray_SimpleNew(1, &size, NPY_DOUBLE);
    if (result) {
        double *to = (double *)PyArray_DATA((PyArrayObject *)result);
        const double *from = (const double *)PyArray_DATA((PyArrayObject *)array);
        for (npy_intp i = 0; i < size; i++)
            to[i] = 2 * from[i];
    }
    Py_DECREF(array);
    return result;
}

static PyMethodDef methods[] = {{"twice", twice, METH_O, NULL}, {NULL, NULL, 0, NULL}};
MODULE(plain, methods, import_array())
