// SPDX-License-Identifier: BSD-3-Clause
// Uses the table before it is imported.
#include "common.h"

static PyObject *kept;
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "too_early", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_too_early(void) {
    kept = (PyObject *)PyArray_DescrFromType(NPY_DOUBLE);
    import_array();
    return PyModule_Create(&definition);
}
