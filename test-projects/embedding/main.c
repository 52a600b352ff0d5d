#include <Python.h>

PyMODINIT_FUNC PyInit_doubling(void);
PyMODINIT_FUNC PyInit_counting(void);

int main(int argc, char **argv) {
    PyImport_AppendInittab("doubling", PyInit_doubling);
    PyImport_AppendInittab("counting", PyInit_counting);
    return Py_BytesMain(argc, argv);
}
