#include "mypkg/first_helper.h"

double helped(double x) { return 10 * x; }
