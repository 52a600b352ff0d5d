// SPDX-License-Identifier: BSD-3-Clause
// What Wine's math.h lacks of Microsoft's: functions of long double, which is as long as double there, and C++'s.
#include_next <math.h>
#ifndef KIT_MATH_H
#define KIT_MATH_H
#ifdef __cplusplus
extern "C" {
#define KIT_INLINE inline
#else
#define KIT_INLINE static __inline
#endif

double __cdecl erfc(double);
float __cdecl erfcf(float);
double __cdecl fma(double, double, double);
float __cdecl fmaf(float, float, float);
double __cdecl nan(const char *);
float __cdecl nanf(const char *);

#define KIT_LONG_1(result, name)                                                                                       \
    KIT_INLINE result __cdecl name##l(long double x) { return name((double)x); }
#define KIT_LONG_2(name)                                                                                               \
    KIT_INLINE long double __cdecl name##l(long double x, long double y) { return name((double)x, (double)y); }
KIT_LONG_1(long double, acos)
KIT_LONG_1(long double, acosh)
KIT_LONG_1(long double, asin)
KIT_LONG_1(long double, asinh)
KIT_LONG_1(long double, atan)
KIT_LONG_1(long double, atanh)
KIT_LONG_1(long double, cbrt)
KIT_LONG_1(long double, ceil)
KIT_LONG_1(long double, cos)
KIT_LONG_1(long double, cosh)
KIT_LONG_1(long double, erf)
KIT_LONG_1(long double, erfc)
KIT_LONG_1(long double, exp)
KIT_LONG_1(long double, exp2)
KIT_LONG_1(long double, expm1)
KIT_LONG_1(long double, fabs)
KIT_LONG_1(long double, floor)
KIT_LONG_1(long double, lgamma)
KIT_LONG_1(long double, log)
KIT_LONG_1(long double, log10)
KIT_LONG_1(long double, log1p)
KIT_LONG_1(long double, log2)
KIT_LONG_1(long double, logb)
KIT_LONG_1(long double, nearbyint)
KIT_LONG_1(long double, rint)
KIT_LONG_1(long double, round)
KIT_LONG_1(long double, sin)
KIT_LONG_1(long double, sinh)
KIT_LONG_1(long double, sqrt)
KIT_LONG_1(long double, tan)
KIT_LONG_1(long double, tanh)
KIT_LONG_1(long double, tgamma)
KIT_LONG_1(long double, trunc)
KIT_LONG_1(int, ilogb)
KIT_LONG_1(long, lrint)
KIT_LONG_1(long, lround)
KIT_LONG_1(long long, llrint)
KIT_LONG_1(long long, llround)
KIT_LONG_2(atan2)
KIT_LONG_2(copysign)
KIT_LONG_2(fdim)
KIT_LONG_2(fmax)
KIT_LONG_2(fmin)
KIT_LONG_2(fmod)
KIT_LONG_2(hypot)
KIT_LONG_2(nextafter)
KIT_LONG_2(pow)
KIT_LONG_2(remainder)
KIT_INLINE long double __cdecl fmal(long double x, long double y, long double z) {
    return fma((double)x, (double)y, (double)z);
}
KIT_INLINE long double __cdecl frexpl(long double x, int *y) { return frexp((double)x, y); }
KIT_INLINE long double __cdecl ldexpl(long double x, int y) { return ldexp((double)x, y); }
KIT_INLINE long double __cdecl nanl(const char *x) { return nan(x); }
KIT_INLINE long double __cdecl remquol(long double x, long double y, int *z) { return remquo((double)x, (double)y, z); }
KIT_INLINE long double __cdecl scalbnl(long double x, int y) { return scalbn((double)x, y); }
KIT_INLINE long double __cdecl scalblnl(long double x, long y) { return scalbln((double)x, y); }
KIT_INLINE long double __cdecl nexttowardl(long double x, long double y) { return nextafter((double)x, (double)y); }
KIT_INLINE double __cdecl nexttoward(double x, long double y) { return nextafter(x, (double)y); }
KIT_INLINE float __cdecl nexttowardf(float x, long double y) { return nextafterf(x, (float)y); }
KIT_INLINE long double __cdecl modfl(long double x, long double *y) {
    double whole;
    const double rest = modf((double)x, &whole);
    *y = whole;
    return rest;
}
#undef KIT_LONG_1
#undef KIT_LONG_2
#ifdef __cplusplus
}

// In C++ Microsoft's has functions for these macros.
#undef fpclassify
#undef signbit
#undef isinf
#undef isnan
#undef isnormal
#undef isfinite
#undef isgreater
#undef isgreaterequal
#undef isless
#undef islessequal
#undef islessgreater
#undef isunordered
extern "C++" {
#define KIT_TEST_1(name, type)                                                                                         \
    inline bool name(type x) noexcept { return __builtin_##name(x) != 0; }
#define KIT_TEST_2(name, type)                                                                                         \
    inline bool name(type x, type y) noexcept { return __builtin_##name(x, y) != 0; }
#define KIT_TESTS(type)                                                                                                \
    KIT_TEST_1(isinf, type)                                                                                            \
    KIT_TEST_1(isnan, type)                                                                                            \
    KIT_TEST_1(isnormal, type)                                                                                         \
    KIT_TEST_1(isfinite, type)                                                                                         \
    KIT_TEST_1(signbit, type)                                                                                          \
    KIT_TEST_2(isgreater, type)                                                                                        \
    KIT_TEST_2(isgreaterequal, type)                                                                                   \
    KIT_TEST_2(isless, type)                                                                                           \
    KIT_TEST_2(islessequal, type)                                                                                      \
    KIT_TEST_2(islessgreater, type)                                                                                    \
    KIT_TEST_2(isunordered, type)                                                                                      \
    inline int fpclassify(type x) noexcept {                                                                           \
        return __builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x);                         \
    }
KIT_TESTS(float)
KIT_TESTS(double)
KIT_TESTS(long double)
#undef KIT_TEST_1
#undef KIT_TEST_2
#undef KIT_TESTS
}
#endif
#undef KIT_INLINE
#endif

// Microsoft's has these only for those who ask.
#ifndef _USE_MATH_DEFINES
#undef M_E
#undef M_LOG2E
#undef M_LOG10E
#undef M_LN2
#undef M_LN10
#undef M_PI
#undef M_PI_2
#undef M_PI_4
#undef M_1_PI
#undef M_2_PI
#undef M_2_SQRTPI
#undef M_SQRT2
#undef M_SQRT1_2
#endif
