/* SPDX-License-Identifier: BSD-3-Clause */
/* Ends what numpy_begin.h began: the headers in runtime/numpy_headers include it after NumPy's own. */
#if defined(__GNUC__) || defined(__clang__)
#pragma GCC system_header
#endif

#pragma pop_macro("PY_ARRAY_UNIQUE_SYMBOL")
#pragma pop_macro("PY_UFUNC_UNIQUE_SYMBOL")
#pragma pop_macro("NO_IMPORT")

/* The compatibility header that NumPy 2 has for NumPy 1 defines it, where NumPy 1's own headers do not know it. */
#if defined(NPY_ABI_VERSION) && NPY_ABI_VERSION < 0x02000000 && !defined(CYTHON_UFUNC_NUMPY_1)
#define CYTHON_UFUNC_NUMPY_1
#undef PyArray_RUNTIME_VERSION
#endif

#ifdef CYTHON_UFUNC_BODY
/* The shim has imported the table: Cython looks at this to leave that out. The 1 matters: 3.0.0 writes `#if`. */
#undef NO_IMPORT_UFUNC
#define NO_IMPORT_UFUNC 1
/* Where verbatim C defines it, for the same reason. */
#ifdef NO_IMPORT_ARRAY
#undef NO_IMPORT_ARRAY
#define NO_IMPORT_ARRAY 1
#endif
#endif
