#ifndef ZEROS_H
#define ZEROS_H

#include <Python.h>
#include <numpy/arrayobject.h>

#ifdef __cplusplus
extern "C" {
#endif
PyObject *zeros(npy_intp length);
#ifdef __cplusplus
}
#endif

#endif
