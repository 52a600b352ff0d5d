#ifndef ZEROS_H
#define ZEROS_H

#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *make_zeros(Py_ssize_t length);

#endif
