#ifndef TOTAL_H
#define TOTAL_H

#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *total_of(PyObject *array);

#endif
