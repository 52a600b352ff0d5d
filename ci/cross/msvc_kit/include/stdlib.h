// SPDX-License-Identifier: BSD-3-Clause
// What Wine's stdlib.h lacks of Microsoft's.
#include_next <stdlib.h>
#ifndef KIT_STDLIB_H
#define KIT_STDLIB_H
#ifdef __cplusplus
extern "C" {
#endif
int __cdecl ___mb_cur_max_func(void);
#ifndef MB_CUR_MAX
#define MB_CUR_MAX ___mb_cur_max_func()
#endif
float __cdecl _strtof_l(const char *, char **, _locale_t);
double __cdecl _strtod_l(const char *, char **, _locale_t);
#ifdef __cplusplus
}
#endif
#endif
