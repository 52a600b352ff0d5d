#define PY_ARRAY_UNIQUE_SYMBOL ufunc_tables_ARRAY_API
#define PY_UFUNC_UNIQUE_SYMBOL ufunc_tables_UFUNC_API
#include <Python.h>

#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

int ufunc_tables_import(void);

int ufunc_tables_import(void) {
    import_array1(-1);
    import_umath1(-1);
    return 0;
}
