// SPDX-License-Identifier: BSD-3-Clause
// Both tables.
#include "common.h"
#include <numpy/ufuncobject.h>

static void loop(char **arrays, npy_intp const *sizes, npy_intp const *steps, void *unused) {
    for (npy_intp i = 0; i < sizes[0]; i++)
        *(double *)(arrays[1] + i * steps[1]) = 3 * *(double *)(arrays[0] + i * steps[0]);
}

static PyUFuncGenericFunction loops[] = {loop};
static char types[] = {NPY_DOUBLE, NPY_DOUBLE};
static void *data[] = {NULL};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "ufunc", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_ufunc(void) {
    import_array();
    import_umath();
    PyObject *module = PyModule_Create(&definition);
    PyModule_AddObject(module, "thrice",
                       PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1, PyUFunc_None, "thrice", "", 0));
    PyObject *generalized = PyUFunc_FromFuncAndDataAndSignatureAndIdentity(loops, data, types, 1, 1, 1, PyUFunc_None,
                                                                           "each", "", 0, "(n)->(n)", NULL);
    PyModule_AddObject(module, "each", generalized);
    return module;
}
