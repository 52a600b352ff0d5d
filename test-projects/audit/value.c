#include "value.h"

// As numpy.pxd and NumPy's own headers do it: by the function where the module's target version has it.
npy_timedelta value_of(PyObject *duration) {
#ifdef _PyTimedeltaScalarObject_GetValue
    return _PyTimedeltaScalarObject_GetValue(duration);
#else
    return ((PyTimedeltaScalarObject *)duration)->obval;
#endif
}
