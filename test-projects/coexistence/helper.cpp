// The same in C++, with a template of the standard library.
#include "helper.h"

#include <numpy/arrayobject.h>

#include <vector>

double scale_factor() {
    std::vector<double> factors;
    for (int i = 0; i < 3; ++i) {
        factors.push_back(FACTOR);
    }
    return factors.back();
}

PyObject *new_array(Py_ssize_t length) {
    npy_intp shape[] = {length};
    return PyArray_SimpleNew(1, shape, NPY_DOUBLE);
}
