#ifndef HELPER_H
#define HELPER_H

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif
PyObject *c_import_all(void);
PyObject *c_zeros(Py_ssize_t size);
PyObject *c_square(void);
PyObject *cpp_import_all(void);
PyObject *cpp_zeros(Py_ssize_t size);
PyObject *cpp_square(void);
#ifdef __cplusplus
}
#endif

#endif
