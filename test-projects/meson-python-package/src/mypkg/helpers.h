#ifndef MYPKG_HELPERS_H
#define MYPKG_HELPERS_H

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif

PyObject *helper_zeros(Py_ssize_t size);

#ifdef __cplusplus
}
#endif

#endif
