#pragma once

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif

// The sum of all elements of an array, or a null pointer with an exception set.
PyObject *sum_of(PyObject *numbers);

#ifdef __cplusplus
}
#endif
