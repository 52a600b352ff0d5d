// SPDX-License-Identifier: BSD-3-Clause
// Two files, each with a table of its own.
#include "common.h"

extern PyObject *copy(PyObject *self, PyObject *argument);
extern int import_in_helper(void);

static PyObject *ensure(PyObject *self, PyObject *argument) {
    Py_INCREF(argument);
    return PyArray_EnsureArray(argument);
}

static PyMethodDef methods[] = {{"ensure", ensure, METH_O, NULL}, {"copy", copy, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "two_tables", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_two_tables(void) {
    import_array();
    if (import_in_helper() < 0)
        return NULL;
    return PyModule_Create(&definition);
}
