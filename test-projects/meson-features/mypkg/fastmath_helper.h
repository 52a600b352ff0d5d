#include <Python.h>

#ifdef __cplusplus
extern "C"
#endif
    PyObject *helper_zeros(Py_ssize_t size);
