// A module that dies of something else than a missing table.
#include <Python.h>

#include <stdlib.h>

PyMODINIT_FUNC PyInit_aborting(void) { abort(); }
