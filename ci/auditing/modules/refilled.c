// SPDX-License-Identifier: BSD-3-Clause
// A slot that was empty in the declared release; once unguarded, once behind a variable that was set on import.
#include "common.h"

static int has_it;

static PyObject *unguarded(PyObject *self, PyObject *argument) {
    return PyLong_FromLong(ARRAY_SLOT(int (*)(void *), 223)(argument));
}

static PyObject *by_variable(PyObject *self, PyObject *argument) {
    if (has_it)
        return PyLong_FromLong(ARRAY_SLOT(int (*)(void *), 223)(self));
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"unguarded", unguarded, METH_O, NULL}, {"by_variable", by_variable, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "refilled", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_refilled(void) {
    import_array();
    has_it = PyArray_GetNDArrayCFeatureVersion() >= NPY_2_3_API_VERSION;
    return PyModule_Create(&definition);
}
