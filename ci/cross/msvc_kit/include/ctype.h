// SPDX-License-Identifier: BSD-3-Clause
// What Wine's ctype.h lacks of Microsoft's.
#include_next <ctype.h>
#ifndef KIT_CTYPE_H
#define KIT_CTYPE_H
#ifdef __cplusplus
extern "C" {
#endif
int __cdecl _islower_l(int, _locale_t);
int __cdecl _isupper_l(int, _locale_t);
#ifdef __cplusplus
}
#endif
#endif
