// The helper of a module that another build made. It exports all it has, names of cython-ufunc's runtime among it, as a
// build of another version might that forgot to hide them.
#include "helper.h"

#include <stdlib.h>

double scale_factor(void) { return FACTOR; }

PyObject *new_array(Py_ssize_t length) {
    PyObject *const numpy = PyImport_ImportModule("numpy");
    PyObject *const array = numpy == NULL ? NULL : PyObject_CallMethod(numpy, "zeros", "n", length);
    Py_XDECREF(numpy);
    return array;
}

static void *bad_table[4];
void **cython_ufunc_array_api = bad_table;
int cython_ufunc_array_apiPyArray_RUNTIME_VERSION = -1;
void **cython_ufunc_ufunc_api = bad_table;

#define DECOY(name)                                                                                                    \
    void *name(void);                                                                                                  \
    void *name(void) { abort(); }

DECOY(cython_ufunc_init_module)
DECOY(cython_ufunc_exec_module)
DECOY(cython_ufunc_import_array)
