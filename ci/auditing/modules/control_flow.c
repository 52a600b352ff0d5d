// SPDX-License-Identifier: BSD-3-Clause
// A switch, a loop, and the table as an argument.
#include "common.h"

__attribute__((noinline)) static PyObject *by_table(void **table, PyObject *argument) {
    return ((PyObject * (*)(void *, int)) table[85])(argument, 0);
}

static PyObject *make(long kind) {
    npy_intp size = 4;
    switch (kind) {
    case 0:
        return (PyObject *)PyArray_DescrFromType(NPY_INT);
    case 1:
        return PyArray_Arange(0, 3, 1, NPY_LONG);
    case 2:
        return (PyObject *)PyArray_DescrNewFromType(NPY_FLOAT);
    case 3:
        return PyArray_TypeObjectFromType(NPY_LONG);
    case 4:
        return PyArray_ZEROS(1, &size, NPY_LONG, 0);
    case 5:
        return PyArray_EMPTY(1, &size, NPY_LONG, 0);
    default: {
        PyObject *array = PyArray_Arange(0, 2, 1, NPY_LONG);
        PyObject *result = by_table(PyArray_API, array);
        Py_XDECREF(array);
        return result;
    }
    }
}

static PyObject *several(PyObject *self, PyObject *argument) {
    long count = PyLong_AsLong(argument);
    PyObject *list = PyList_New(0);
    for (long i = 0; i < count; i++) {
        PyObject *item = make(i % 7);
        if (!item) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_Append(list, item);
        Py_DECREF(item);
    }
    return list;
}

static PyMethodDef methods[] = {{"several", several, METH_O, NULL}, {NULL, NULL, 0, NULL}};
MODULE(control_flow, methods, import_array())
