// An array on the stack gets a stack protector, and a copy into it is fortified.
#include "helper.h"

#include <numpy/arrayobject.h>

#include <string.h>

PyObject *length_of(const char *text) {
    char copy[64];
    npy_intp shape[] = {1};
    PyObject *const array = PyArray_SimpleNew(1, shape, NPY_INTP);
    strcpy(copy, text);
    if (array != NULL) {
        *(npy_intp *)PyArray_DATA((PyArrayObject *)array) = (npy_intp)strlen(copy);
    }
    return array;
}
