#include <Python.h>

#include <numpy/arrayobject.h>

PyObject *ones(npy_intp size);
