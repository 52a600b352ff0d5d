#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif
double mean(PyObject *object);
PyObject *extent(PyObject *object);
#ifdef __cplusplus
}
#endif
