#ifndef STATS_H
#define STATS_H

#ifdef __cplusplus
extern "C"
#endif
    double twice(double x);

#endif
