# cython: language_level=3
cdef extern from *:
    """
    #ifdef __cplusplus
    extern "C" {
    #endif
    int two_files_import_tables(void);
    PyObject *two_files_zeros(Py_ssize_t size);
    Py_ssize_t two_files_size(PyObject *array);
    #ifdef __cplusplus
    }
    #endif
    """
    int two_files_import_tables() except -1
    object two_files_zeros(Py_ssize_t size)
    Py_ssize_t two_files_size(object array)

two_files_import_tables()


def zeros(size):
    return two_files_zeros(size)


def size(array):
    return two_files_size(array)
