#include <Python.h>

#include <math.h>

#include "math.h" /* Cython's */

double helper_root(double x);

double helper_root(double x) { return sqrt(twice(x)); }
