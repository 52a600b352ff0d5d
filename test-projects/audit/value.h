#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/arrayscalars.h>

npy_timedelta value_of(PyObject *duration);
