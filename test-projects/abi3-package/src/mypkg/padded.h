#ifndef MYPKG_PADDED_H
#define MYPKG_PADDED_H

#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *padded_array(PyObject *array);

#endif
