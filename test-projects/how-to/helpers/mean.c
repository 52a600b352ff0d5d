#include "measuring.h"

#include <numpy/arrayobject.h>

double mean(PyObject *object) {
    PyArrayObject *array = (PyArrayObject *)PyArray_FROMANY(object, NPY_DOUBLE, 1, 1, NPY_ARRAY_CARRAY);
    if (array == NULL) {
        return -1.0;
    }
    double sum = 0;
    for (npy_intp i = 0; i < PyArray_SIZE(array); ++i) {
        sum += *(double *)PyArray_GETPTR1(array, i);
    }
    sum /= (double)PyArray_SIZE(array);
    Py_DECREF(array);
    return sum;
}
