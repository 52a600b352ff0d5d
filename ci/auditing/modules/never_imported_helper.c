// SPDX-License-Identifier: BSD-3-Clause
#include "common.h"

PyObject *copy(PyObject *self, PyObject *argument) { return PyArray_NewCopy((PyArrayObject *)argument, NPY_ANYORDER); }
