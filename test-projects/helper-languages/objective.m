// Objective-C, without the libraries that only macOS has.
#include <Python.h>
#include <numpy/arrayobject.h>

@interface Unused
- (int)import_array;
@end

PyObject *objective_ones(Py_ssize_t size);

PyObject *objective_ones(Py_ssize_t size) {
    npy_intp shape = size;
    PyObject *array = PyArray_SimpleNew(1, &shape, NPY_DOUBLE);
    if (array != NULL) {
        double *values = (double *)PyArray_DATA((PyArrayObject *)array);
        for (Py_ssize_t i = 0; i < size; ++i) {
            values[i] = 1;
        }
    }
    return array;
}
