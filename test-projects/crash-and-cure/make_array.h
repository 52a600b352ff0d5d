#ifndef MAKE_ARRAY_H
#define MAKE_ARRAY_H

#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *make_array(Py_ssize_t length);

#endif
