// SPDX-License-Identifier: BSD-3-Clause
// A second file of the module, with a table of its own.
#include "common.h"

int import_in_helper(void) {
    import_array1(-1);
    return 0;
}

PyObject *copy(PyObject *self, PyObject *argument) {
    return PyArray_CumSum ? PyArray_NewCopy((PyArrayObject *)argument, NPY_ANYORDER) : NULL;
}
