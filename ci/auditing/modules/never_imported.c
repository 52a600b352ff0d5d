// SPDX-License-Identifier: BSD-3-Clause
// The other file has a table of its own, and never imports it.
#include "common.h"

extern PyObject *copy(PyObject *self, PyObject *argument);

static PyMethodDef methods[] = {{"copy", copy, METH_O, NULL}, {NULL, NULL, 0, NULL}};
MODULE(never_imported, methods, import_array())
