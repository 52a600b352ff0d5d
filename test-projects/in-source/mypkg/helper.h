#include <numpy/arrayobject.h>

double helper_total(const double *values, npy_intp size);
