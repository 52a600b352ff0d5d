#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif
/// A new array of `length` numbers `value`; NULL with an exception set on failure.
PyObject *filled(Py_ssize_t length, double value);
#ifdef __cplusplus
}
#endif
