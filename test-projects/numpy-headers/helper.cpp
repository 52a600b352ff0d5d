#include <Python.h>

#include <numpy/arrayobject.h>
#include <numpy/npy_math.h>

extern "C" PyObject *numpy_headers_ones(npy_intp size);

PyObject *numpy_headers_ones(npy_intp size) {
    PyObject *const array = PyArray_SimpleNew(1, &size, NPY_DOUBLE);
    if (array != nullptr) {
        double *const values = static_cast<double *>(PyArray_DATA(reinterpret_cast<PyArrayObject *>(array)));
        for (npy_intp i = 0; i < size; ++i) {
            values[i] = npy_copysign(1.0, 2.0);
        }
    }
    return array;
}
