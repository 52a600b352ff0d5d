/* SPDX-License-Identifier: BSD-3-Clause */
/* Has NumPy's headers declare the runtime's tables. The headers in runtime/numpy_headers include it before NumPy's own.
 *
 * No include guard: each of NumPy's headers that declares tables has this in front of it, numpy_end.h behind it. In
 * comments as C89 has them, as are all headers that helpers see.
 */
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC system_header
#endif

#include "cython_ufunc/module.h"

/* NumPy's headers name the tables by these macros. Defining them, rather than PY_ARRAY_UNIQUE_SYMBOL, leaves a source
 * free to define that one itself, before the first of NumPy's headers or after it.
 */
#ifndef PyArray_API
#define PyArray_API cython_ufunc_array_api
#define PyUFunc_API cython_ufunc_ufunc_api
#endif
#if !defined(PyArray_RUNTIME_VERSION) && !defined(CYTHON_UFUNC_NUMPY_1)
#define PyArray_RUNTIME_VERSION cython_ufunc_array_apiPyArray_RUNTIME_VERSION
#endif

/* NO_IMPORT takes these out of NumPy's headers, while Cython's numpy.pxd and users' sources call them. A source that
 * says NO_IMPORT_ARRAY has none, as with NumPy's headers alone; a body needs them whatever its verbatim C says.
 */
#if !defined(import_array1) && (defined(CYTHON_UFUNC_BODY) || !(defined(NO_IMPORT_ARRAY) || defined(NO_IMPORT)))
#ifndef CYTHON_UFUNC_HAS_IMPORT_ARRAY
#define CYTHON_UFUNC_HAS_IMPORT_ARRAY
static CYTHON_UFUNC_INLINE int _import_array(void) { return cython_ufunc_import_array(); }
#endif
/* 0, which any function can return: that of SWIG from version 4.4 on returns an int. NumPy 2.5 makes a difference by
 * SWIG's version, older ones return NULL always.
 */
#define import_array()                                                                                                 \
    {                                                                                                                  \
        if (cython_ufunc_import_array() < 0) {                                                                         \
            return 0;                                                                                                  \
        }                                                                                                              \
    }
#define import_array1(ret)                                                                                             \
    {                                                                                                                  \
        if (cython_ufunc_import_array() < 0) {                                                                         \
            return ret;                                                                                                \
        }                                                                                                              \
    }
#define import_array2(msg, ret)                                                                                        \
    {                                                                                                                  \
        if (cython_ufunc_import_array() < 0) {                                                                         \
            PyErr_SetString(PyExc_ImportError, msg);                                                                   \
            return ret;                                                                                                \
        }                                                                                                              \
    }
#endif

/* Sources written for another build name the tables themselves, and have one translation unit define and import them,
 * which none does here. While NumPy's headers are read, what they say does not count.
 */
#pragma push_macro("PY_ARRAY_UNIQUE_SYMBOL")
#pragma push_macro("PY_UFUNC_UNIQUE_SYMBOL")
#pragma push_macro("NO_IMPORT")
#undef PY_ARRAY_UNIQUE_SYMBOL
#undef PY_UFUNC_UNIQUE_SYMBOL
#undef NO_IMPORT
#define NO_IMPORT
