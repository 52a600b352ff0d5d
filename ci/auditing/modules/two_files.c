// SPDX-License-Identifier: BSD-3-Clause
// One table for two files, by PY_ARRAY_UNIQUE_SYMBOL.
#define PY_ARRAY_UNIQUE_SYMBOL two_files_ARRAY_API
#include "common.h"

extern PyObject *copy(PyObject *self, PyObject *argument);

static PyMethodDef methods[] = {{"copy", copy, METH_O, NULL}, {NULL, NULL, 0, NULL}};
MODULE(two_files, methods, import_array())
