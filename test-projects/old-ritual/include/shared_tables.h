#ifndef SHARED_TABLES_H
#define SHARED_TABLES_H

#ifndef PY_ARRAY_UNIQUE_SYMBOL
#define PY_ARRAY_UNIQUE_SYMBOL shared_header_ARRAY_API
#endif
#ifndef SHARED_TABLES_OWNER
#define NO_IMPORT_ARRAY 1
#endif
#include <Python.h>

#include <numpy/arrayobject.h>

PyObject *make_range(double stop);
int fill_with(PyObject *array, PyObject *value);

#endif
