#include <Python.h>

PyObject *even_numbers(Py_ssize_t count);
