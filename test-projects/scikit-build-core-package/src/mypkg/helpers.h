#ifndef MYPKG_HELPERS_H
#define MYPKG_HELPERS_H

#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *even_numbers(Py_ssize_t count);

#endif
