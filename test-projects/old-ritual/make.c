#define SHARED_TABLES_OWNER
#include "shared_tables.h"

PyObject *make_range(double stop) {
    import_array();
    return PyArray_Arange(0.0, stop, 1.0, NPY_DOUBLE);
}
