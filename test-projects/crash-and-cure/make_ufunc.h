#ifndef MAKE_UFUNC_H
#define MAKE_UFUNC_H

#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *make_ufunc(void);

#endif
