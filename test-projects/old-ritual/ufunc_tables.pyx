# cython: language_level=3
cdef extern from *:
    """
    int ufunc_tables_import(void);
    PyObject *make_triple(void);
    """
    int ufunc_tables_import() except -1
    object make_triple()

ufunc_tables_import()
triple = make_triple()
