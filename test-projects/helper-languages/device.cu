// CUDA: what runs on the host makes the array.
#include <Python.h>
#include <numpy/arrayobject.h>

__global__ void fill(double *values, double value) { values[threadIdx.x] = value; }

extern "C" PyObject *device_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    return PyArray_ZEROS(1, &shape, NPY_DOUBLE, 0);
}
