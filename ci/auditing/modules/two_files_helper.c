// SPDX-License-Identifier: BSD-3-Clause
// A second file of the module, which uses the first one's table.
#define PY_ARRAY_UNIQUE_SYMBOL two_files_ARRAY_API
#define NO_IMPORT_ARRAY
#include "common.h"

PyObject *copy(PyObject *self, PyObject *argument) {
    if (!PyArray_Check(argument)) {
        PyErr_SetString(PyExc_TypeError, "not an array");
        return NULL;
    }
    PyObject *result = PyArray_NewLikeArray((PyArrayObject *)argument, NPY_KEEPORDER, NULL, 0);
    if (!result)
        return NULL;
    if (PyArray_CopyInto((PyArrayObject *)result, (PyArrayObject *)argument) < 0) {
        Py_DECREF(result);
        return NULL;
    }
    return PyArray_Return((PyArrayObject *)result);
}
