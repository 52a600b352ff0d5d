#include <Python.h>

PyMODINIT_FUNC PyInit_first(void);
PyMODINIT_FUNC PyInit_second(void);

/* Runs the Python code in its first argument, with two modules built in. */
int main(int argc, char *argv[]) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s <Python code>\n", argv[0]);
        return 2;
    }
    if (PyImport_AppendInittab("first", PyInit_first) < 0 || PyImport_AppendInittab("second", PyInit_second) < 0) {
        return 1;
    }
    Py_Initialize();
    const int status = PyRun_SimpleString(argv[1]);
    return Py_FinalizeEx() < 0 || status < 0;
}
