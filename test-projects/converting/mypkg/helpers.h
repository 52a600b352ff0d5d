#include <Python.h>

PyObject *scaled_range(Py_ssize_t count, double factor);
