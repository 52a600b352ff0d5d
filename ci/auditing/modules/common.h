// SPDX-License-Identifier: BSD-3-Clause
// What the modules here share.
#ifndef COMMON_H
#define COMMON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/arrayobject.h>

// What has no macro for the module's target version is called by its number, as a careless module would.
#define ARRAY_SLOT(type, number) ((type)PyArray_API[number])

typedef PyObject *(*object_function)(void *);

#define MODULE(name, methods, on_import)                                                                               \
    static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, #name, NULL, -1, methods, NULL, NULL, NULL, NULL};  \
    PyMODINIT_FUNC PyInit_##name(void) {                                                                               \
        on_import;                                                                                                     \
        return PyModule_Create(&definition);                                                                           \
    }

#endif
