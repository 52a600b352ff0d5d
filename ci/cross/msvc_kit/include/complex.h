// SPDX-License-Identifier: BSD-3-Clause
// What Wine's complex.h lacks of Microsoft's, and NumPy's headers name: the functions, and the type of long double.
#ifndef KIT_COMPLEX_H
#define KIT_COMPLEX_H
#include_next <complex.h>
typedef struct _C_ldouble_complex {
    long double _Val[2];
} _C_ldouble_complex;
typedef _C_ldouble_complex _Lcomplex;
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wincompatible-library-redeclaration"
#endif
#ifdef __cplusplus
extern "C" {
#endif
#define KIT_COMPLEX(suffix, complex, real)                                                                             \
    complex __cdecl cacos##suffix(complex);                                                                            \
    complex __cdecl cacosh##suffix(complex);                                                                           \
    complex __cdecl casin##suffix(complex);                                                                            \
    complex __cdecl casinh##suffix(complex);                                                                           \
    complex __cdecl catan##suffix(complex);                                                                            \
    complex __cdecl catanh##suffix(complex);                                                                           \
    complex __cdecl ccos##suffix(complex);                                                                             \
    complex __cdecl ccosh##suffix(complex);                                                                            \
    complex __cdecl cexp##suffix(complex);                                                                             \
    complex __cdecl clog##suffix(complex);                                                                             \
    complex __cdecl clog10##suffix(complex);                                                                           \
    complex __cdecl conj##suffix(complex);                                                                             \
    complex __cdecl cpow##suffix(complex, complex);                                                                    \
    complex __cdecl cproj##suffix(complex);                                                                            \
    complex __cdecl csin##suffix(complex);                                                                             \
    complex __cdecl csinh##suffix(complex);                                                                            \
    complex __cdecl csqrt##suffix(complex);                                                                            \
    complex __cdecl ctan##suffix(complex);                                                                             \
    complex __cdecl ctanh##suffix(complex);                                                                            \
    real __cdecl cabs##suffix(complex);                                                                                \
    real __cdecl carg##suffix(complex);                                                                                \
    real __cdecl cimag##suffix(complex);                                                                               \
    real __cdecl creal##suffix(complex);                                                                               \
    real __cdecl norm##suffix(complex);
KIT_COMPLEX(, _Dcomplex, double)
KIT_COMPLEX(f, _Fcomplex, float)
KIT_COMPLEX(l, _Lcomplex, long double)
#undef KIT_COMPLEX
#ifdef __cplusplus
}
#endif
#ifdef __clang__
#pragma clang diagnostic pop
#endif
#endif
