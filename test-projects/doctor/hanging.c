// A module whose import does not end.
#include <Python.h>

PyMODINIT_FUNC PyInit_hanging(void) {
    PyRun_SimpleString("import time; time.sleep(1000)");
    return NULL;
}
