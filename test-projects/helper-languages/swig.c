/* What SWIG makes of `%init %{ import_array(); %}`: before version 4.4 the function returns a module, later an int. */
#include <Python.h>
#include <numpy/arrayobject.h>

PyObject *swig_init(void);
int swig_exec(void);
PyObject *swig_zeros(Py_ssize_t size);

PyObject *swig_init(void) {
    import_array();
    return PyLong_FromLong(4);
}

int swig_exec(void) {
    import_array();
    return 0;
}

PyObject *swig_zeros(Py_ssize_t size) {
    npy_intp shape = size;
    return PyArray_ZEROS(1, &shape, NPY_DOUBLE, 0);
}
