#include "helpers.h"

#include <numpy/arrayobject.h>

PyObject *make_even_numbers(Py_ssize_t count) {
    npy_intp shape = count;
    PyObject *array = PyArray_SimpleNew(1, &shape, NPY_INTP);
    if (array != nullptr) {
        auto *numbers = static_cast<npy_intp *>(PyArray_DATA(reinterpret_cast<PyArrayObject *>(array)));
        for (npy_intp index = 0; index < count; ++index) {
            numbers[index] = 2 * index;
        }
    }
    return array;
}
