// SPDX-License-Identifier: BSD-3-Clause
// As pybind11 does it: without NumPy's headers, slots are kept in a structure, one of two by the version.
#include <Python.h>
#include <stdexcept>

struct Api {
    unsigned (*version)();
    void *new_from_descriptor;
    PyObject *(*descriptor)(int);
    void *type;
    int (*copy)(void *, void *);
    void *squeeze;

    static Api look_up() {
        PyObject *module = PyImport_ImportModule("numpy._core.multiarray");
        if (!module)
            throw std::runtime_error("no NumPy");
        PyObject *capsule = PyObject_GetAttrString(module, "_ARRAY_API");
        void **table = static_cast<void **>(PyCapsule_GetPointer(capsule, nullptr));
        Py_DECREF(capsule);
        if (!table)
            throw std::runtime_error("no table");
        Api api;
        api.version = reinterpret_cast<unsigned (*)()>(table[211]);
        if (api.version() < 0x7)
            throw std::runtime_error("too old");
        api.new_from_descriptor = table[94];
        api.descriptor = reinterpret_cast<PyObject *(*)(int)>(table[45]);
        api.type = table[2];
        api.copy = reinterpret_cast<int (*)(void *, void *)>(table[api.version() >= 0x12 ? 50 : 82]);
        api.squeeze = table[136];
        return api;
    }

    static Api &get() {
        static Api api = look_up();
        return api;
    }
};

static PyObject *descriptor(PyObject *, PyObject *) {
    try {
        return Api::get().descriptor(12);
    } catch (std::exception &error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
        return nullptr;
    }
}

static PyMethodDef methods[] = {{"descriptor", descriptor, METH_NOARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};
static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "structure", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr};

PyMODINIT_FUNC PyInit_structure() { return PyModule_Create(&definition); }
