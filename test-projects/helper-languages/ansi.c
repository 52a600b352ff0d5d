/* ANSI C of 1989, and no Python. Its names are its own affair. */
typedef double _object;

static int import_array(const double *values, int count, double *into) {
    int i;
    for (i = 0; i < count; ++i) {
        into[i] = values[i];
    }
    return count;
}

double ansi_sum(const double *values, int count);

double ansi_sum(const double *values, int count) {
    double NO_IMPORT[8];
    _object sum = 0;
    int PyArray_API = import_array(values, count < 8 ? count : 8, NO_IMPORT);
    while (PyArray_API > 0) {
        sum += NO_IMPORT[--PyArray_API];
    }
    return sum;
}
