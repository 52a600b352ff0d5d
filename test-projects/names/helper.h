#ifndef HELPER_H
#define HELPER_H

#include <Python.h>

PyObject *helper_zeros(Py_ssize_t size);

#endif
