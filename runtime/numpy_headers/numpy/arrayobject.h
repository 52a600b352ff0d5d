/* SPDX-License-Identifier: BSD-3-Clause */
/* NumPy's header of this name, with the runtime's tables: see cython_ufunc/numpy_begin.h. */
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC system_header
#include "cython_ufunc/numpy_begin.h"
#include_next <numpy/arrayobject.h>
#else
#include "cython_ufunc/numpy_begin.h"
#include <../include/numpy/arrayobject.h> /* NumPy's headers lie in a folder `include`, these do not */
#endif
#include "cython_ufunc/numpy_end.h"
