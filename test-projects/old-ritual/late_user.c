/* NumPy's header comes by way of another one before this file names its tables: the names have no effect, and without
 * cython-ufunc this file has a table of its own, which is empty. */
#include <Python.h>
#include <numpy/ndarrayobject.h>

#define NO_IMPORT_ARRAY
#define PY_ARRAY_UNIQUE_SYMBOL late_ARRAY_API
#include <numpy/arrayobject.h>

PyObject *late_zeros(Py_ssize_t size);

PyObject *late_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    return PyArray_ZEROS(1, &shape, NPY_DOUBLE, 0);
}
