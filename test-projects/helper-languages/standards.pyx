# cython: language_level=3
cdef extern from *:
    """
    #ifdef __cplusplus
    extern "C" {
    #endif
    double ansi_sum(const double *values, int count);
    int archive_count(void);
    PyObject *swig_init(void);
    int swig_exec(void);
    PyObject *swig_zeros(Py_ssize_t size);
    #ifdef __cplusplus
    }
    #endif
    """
    double ansi_sum(const double *values, int count)
    int archive_count()
    object swig_init()
    int swig_exec() except -1
    object swig_zeros(Py_ssize_t size)

cimport numpy as np

np.import_array()


def ansi(double first, double second):
    cdef double[2] values
    values[:] = [first, second]
    return ansi_sum(values, 2)


def archive():
    return archive_count()


def swig(size):
    swig_exec()
    return swig_init(), swig_zeros(size)
