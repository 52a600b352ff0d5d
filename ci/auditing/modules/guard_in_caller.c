// SPDX-License-Identifier: BSD-3-Clause
// The guard is two callers up.
#include "common.h"

__attribute__((noinline)) static PyObject *deep(PyObject *argument) {
    PyObject *result = ARRAY_SLOT(object_function, 361)(argument);
    return result ? result : PyErr_NoMemory();
}

__attribute__((noinline)) static PyObject *middle(PyObject *argument, int again) {
    PyObject *result = deep(argument);
    if (again && result)
        Py_INCREF(result);
    return result;
}

static PyObject *once(PyObject *self, PyObject *argument) {
    if (PyArray_RUNTIME_VERSION >= NPY_2_0_API_VERSION)
        return middle(argument, 0);
    Py_RETURN_NONE;
}

static PyObject *twice(PyObject *self, PyObject *argument) {
    if (PyArray_RUNTIME_VERSION >= NPY_2_0_API_VERSION)
        return middle(argument, 1);
    return PyLong_FromLong(3);
}

static PyMethodDef methods[] = {{"once", once, METH_O, NULL}, {"twice", twice, METH_O, NULL}, {NULL, NULL, 0, NULL}};
MODULE(guard_in_caller, methods, import_array())
