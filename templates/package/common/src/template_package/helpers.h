#pragma once

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A new array of the first `count` even numbers, as npy_intp; NULL with an exception when that fails. */
PyObject *make_even_numbers(Py_ssize_t count);

#ifdef __cplusplus
}
#endif
