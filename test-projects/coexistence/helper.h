#ifndef HELPER_H
#define HELPER_H

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif
double scale_factor(void);
PyObject *new_array(Py_ssize_t length);
#ifdef __cplusplus
}
#endif

#endif
