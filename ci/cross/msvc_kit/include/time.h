// SPDX-License-Identifier: BSD-3-Clause
// What Wine's time.h lacks of Microsoft's.
#include_next <time.h>
#ifndef KIT_TIME_H
#define KIT_TIME_H
#ifndef _TIMESPEC_DEFINED
#define _TIMESPEC_DEFINED
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#endif
#define TIME_UTC 1
#ifdef __cplusplus
extern "C" {
#endif
int __cdecl _timespec64_get(struct timespec *, int);
static __inline int timespec_get(struct timespec *t, int base) { return _timespec64_get(t, base); }
#ifdef __cplusplus
}
#endif
#endif
