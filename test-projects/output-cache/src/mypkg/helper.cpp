#include "helper.h"

PyObject *ones(npy_intp size) {
    PyObject *result = PyArray_ZEROS(1, &size, NPY_DOUBLE, 0);
    if (result) {
        PyArray_FILLWBYTE(reinterpret_cast<PyArrayObject *>(result), 0);
        for (npy_intp i = 0; i < size; i++) {
            static_cast<double *>(PyArray_DATA(reinterpret_cast<PyArrayObject *>(result)))[i] = 1.0;
        }
    }
    return result;
}
