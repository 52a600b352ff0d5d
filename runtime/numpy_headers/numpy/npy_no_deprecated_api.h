/* SPDX-License-Identifier: BSD-3-Clause */
/* NumPy's header of this name; and what tells cython_ufunc/numpy_tables.h that the headers here come before NumPy's. */
#ifdef CYTHON_UFUNC_ASKS_WHICH_HEADERS
#define CYTHON_UFUNC_HEADERS_COME_FIRST
#elif defined(__GNUC__) || defined(__clang__)
#pragma GCC system_header
#include_next <numpy/npy_no_deprecated_api.h>
#else
#include <../include/numpy/npy_no_deprecated_api.h> /* NumPy's headers lie in a folder `include`, these do not */
#endif
