// A module whose import raises.
#include <Python.h>

PyMODINIT_FUNC PyInit_raising(void) {
    PyErr_SetString(PyExc_ValueError, "no licence found");
    return NULL;
}
