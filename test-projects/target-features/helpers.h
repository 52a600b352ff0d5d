#ifndef HELPERS_H
#define HELPERS_H

#include <Python.h>

#include <numpy/arrayobject.h>

#ifdef __cplusplus
extern "C" {
#endif
PyObject *first_array(void);
PyObject *second_array(void);
#ifdef __cplusplus
}
#endif

#endif
