#include <Python.h>

#include <math.h>
#include <string.h>

double root_of_length(const char *text);

double root_of_length(const char *text) { return sqrt((double)strlen(text)); }
