/* SPDX-License-Identifier: BSD-3-Clause */
/* Sees to it that every translation unit of an extension module gets NumPy's tables from the runtime.
 *
 * The build includes this file in front of each source (`-include`, `/FI`). A source that has nothing to do with NumPy
 * must not notice: it defines names that begin with CYTHON_UFUNC, and nothing else. What NumPy's users need is declared
 * when they include NumPy's headers, by those in runtime/numpy_headers, which are found first.
 */
#ifndef CYTHON_UFUNC_NUMPY_TABLES_H
#define CYTHON_UFUNC_NUMPY_TABLES_H

#ifndef __ASSEMBLER__

/* Are they? A header that NumPy has, too, tells. All that NumPy's does is define this macro. */
#define CYTHON_UFUNC_ASKS_WHICH_HEADERS
#ifdef NPY_NO_DEPRECATED_API
#include <numpy/npy_no_deprecated_api.h>
#else
#include <numpy/npy_no_deprecated_api.h>
#undef NPY_NO_DEPRECATED_API
#endif
#undef CYTHON_UFUNC_ASKS_WHICH_HEADERS

/* Nor are they where a target has a folder of NumPy's such that `#include <arrayobject.h>` works. */
#if defined(CYTHON_UFUNC_HEADERS_COME_FIRST) && defined(__has_include)
#if __has_include(<arrayobject.h>)
#undef CYTHON_UFUNC_HEADERS_COME_FIRST
#endif
#endif
/* Then all of the target's sources have the declarations, whether they include NumPy's headers or not. */
#ifndef CYTHON_UFUNC_HEADERS_COME_FIRST
#include "cython_ufunc/numpy_begin.h"
#endif

#endif

#endif
