// SPDX-License-Identifier: BSD-3-Clause
// NumPy's header of this name, with the names of its tables kept: see cython_ufunc/keep_table_names.h.
#ifdef __GNUC__
#pragma GCC system_header
#include "cython_ufunc/keep_table_names.h"
#include_next <numpy/ndarraytypes.h>
#else
#include "cython_ufunc/keep_table_names.h"
#include <../include/numpy/ndarraytypes.h> // NumPy's headers lie in a folder `include`, these do not
#endif
