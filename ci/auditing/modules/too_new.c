// SPDX-License-Identifier: BSD-3-Clause
// A newer slot without a guard, and one behind a guard for a release that does not have it yet.
#include "common.h"

static PyObject *unguarded(PyObject *self, PyObject *argument) {
    return PyLong_FromLongLong(ARRAY_SLOT(npy_int64 (*)(void *), 378)(argument));
}

static PyObject *weakly_guarded(PyObject *self, PyObject *argument) {
    if (PyArray_RUNTIME_VERSION >= NPY_2_0_API_VERSION)
        return ARRAY_SLOT(object_function, 371)(argument);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"unguarded", unguarded, METH_O, NULL}, {"weakly_guarded", weakly_guarded, METH_O, NULL}, {NULL, NULL, 0, NULL}};
MODULE(too_new, methods, import_array())
