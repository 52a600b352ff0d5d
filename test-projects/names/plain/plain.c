#include "plain.h"

int plain_value(void) { return PLAIN_VALUE; }
