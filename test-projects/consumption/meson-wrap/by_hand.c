#include <Python.h>

#include <numpy/arrayobject.h>

PyObject *zeros(PyObject *module, PyObject *size);

static PyMethodDef methods[] = {{"zeros", zeros, METH_O, "An array of zeros."}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "by_hand", NULL, 0, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_by_hand(void) {
    import_array();
    return PyModule_Create(&definition);
}
