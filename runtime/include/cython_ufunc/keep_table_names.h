// SPDX-License-Identifier: BSD-3-Clause
// Keeps NumPy's headers to the names of the runtime's tables, whatever names a source has chosen.
//
// No include guard: each of NumPy's headers that declares tables has this in front of it (runtime/numpy_headers).
//
// Sources written for another build name the tables themselves, by these macros, and have one translation unit define
// and import them, which none does here. Without the macros NumPy's headers take the names in numpy_tables.h; the
// sources keep working unedited, as they use the tables through NumPy's macros only.
#undef PY_ARRAY_UNIQUE_SYMBOL
#undef PY_UFUNC_UNIQUE_SYMBOL

#ifndef NO_IMPORT
#define NO_IMPORT
#endif
