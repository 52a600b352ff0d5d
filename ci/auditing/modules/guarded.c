// SPDX-License-Identifier: BSD-3-Clause
// Newer slots, each behind a test of the version.
#include "common.h"

static PyObject *header(PyObject *self, PyObject *argument) {
    PyArray_Descr *type;
    if (!PyArray_DescrConverter(argument, &type))
        return NULL;
    PyArray_ArrFuncs *functions = PyDataType_GetArrFuncs(type);
    long sum = (long)PyDataType_ELSIZE(type) + (functions->nonzero != 0) + NPY_DEFAULT_INT;
    Py_DECREF(type);
    return PyLong_FromLong(sum);
}

static PyObject *early_return(PyObject *self, PyObject *argument) {
    if (PyArray_RUNTIME_VERSION < NPY_2_0_API_VERSION)
        Py_RETURN_NONE;
    PyObject *result = ARRAY_SLOT(object_function, 361)(Py_TYPE(argument));
    if (!result) {
        PyErr_Clear();
        Py_RETURN_FALSE;
    }
    return result;
}

static PyObject *boolean(PyObject *self, PyObject *argument) {
    int has_it = PyArray_RUNTIME_VERSION >= 22 && PyArray_Check(argument);
    if (has_it)
        return PyLong_FromVoidPtr(ARRAY_SLOT(object_function, 369)(argument));
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"header", header, METH_O, NULL},
                                {"early_return", early_return, METH_O, NULL},
                                {"boolean", boolean, METH_O, NULL},
                                {NULL, NULL, 0, NULL}};
MODULE(guarded, methods, import_array())
