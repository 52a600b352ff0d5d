// SPDX-License-Identifier: BSD-3-Clause
// Newer slots of the ufunc table, whose import compares no version.
#include "common.h"
#include <numpy/ufuncobject.h>

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "too_new_ufunc", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_too_new_ufunc(void) {
    import_array();
    import_umath();
    PyObject *module = PyModule_Create(&definition);
    if (((int (*)(void *, void *))PyUFunc_API[43])(module, module) < 0)
        PyErr_Clear();
    ((int (*)(void *))PyUFunc_API[47])(module);
    return module;
}
