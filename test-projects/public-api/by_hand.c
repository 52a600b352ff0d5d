#include <Python.h>

#include "boxes_api.h"

static PyObject *area(PyObject *Py_UNUSED(self), PyObject *args) {
    struct Box box;
    if (!PyArg_ParseTuple(args, "dd", &box.width, &box.height)) {
        return NULL;
    }
    return PyFloat_FromDouble(box_area(&box));
}

static PyMethodDef methods[] = {{"area", area, METH_VARARGS, "The area of a box."}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "by_hand", .m_methods = methods};

PyMODINIT_FUNC PyInit_by_hand(void) {
    if (import_boxes() < 0) {
        return NULL;
    }
    return PyModule_Create(&definition);
}
