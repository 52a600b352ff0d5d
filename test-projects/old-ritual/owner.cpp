#define PY_ARRAY_UNIQUE_SYMBOL two_files_ARRAY_API
#include <Python.h>

#include <numpy/arrayobject.h>

extern "C" int two_files_import_tables(void) {
    import_array1(-1);
    return 0;
}

extern "C" PyObject *two_files_zeros(npy_intp size) { return PyArray_ZEROS(1, &size, NPY_DOUBLE, 0); }
