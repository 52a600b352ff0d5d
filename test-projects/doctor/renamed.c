// A module that was renamed after it was translated.
#include <Python.h>

PyMODINIT_FUNC PyInit_original(void) { return NULL; }
