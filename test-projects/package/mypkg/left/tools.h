#ifndef TOOLS_H
#define TOOLS_H

static inline double tools_offset(double x) { return x + 0.5; }

#endif
