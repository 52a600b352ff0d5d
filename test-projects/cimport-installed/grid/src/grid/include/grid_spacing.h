#ifndef GRID_SPACING_H
#define GRID_SPACING_H

static inline double grid_spacing(double width, int count) { return width / count; }

#endif
