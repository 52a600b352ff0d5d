#include "helper.h"

double helper_total(const double *values, npy_intp size) {
    double total = 0;
    for (npy_intp i = 0; i < size; i++)
        total += values[i];
    return total;
}
