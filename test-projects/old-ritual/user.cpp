#define PY_ARRAY_UNIQUE_SYMBOL two_files_ARRAY_API
#define NO_IMPORT_ARRAY
#include <Python.h>

#include <numpy/arrayobject.h>

extern "C" npy_intp two_files_size(PyObject *array) {
    return PyArray_Check(array) ? PyArray_SIZE((PyArrayObject *)array) : -1;
}
