#ifndef HELPER_H
#define HELPER_H

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif
PyObject *length_of(const char *text);
#ifdef __cplusplus
}
#endif

#endif
