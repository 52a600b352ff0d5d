/* SPDX-License-Identifier: BSD-3-Clause */
/* The beginning of every body, which renames its `PyInit_<name>` and exports a record for the shim.
 *
 * The transpiler includes it, after defining
 *   CYTHON_UFUNC_BODY       the name of the body's cython_ufunc_body record
 *   CYTHON_UFUNC_BODY_INIT  what the body's `PyInit_<name>` is renamed to
 */
#ifndef CYTHON_UFUNC_BODY_BEGIN_H
#define CYTHON_UFUNC_BODY_BEGIN_H

#include "cython_ufunc/module.h"
#include "cython_ufunc/numpy_tables.h"

/* Else numpy_end.h does this, where NumPy's headers were included: see there. */
#ifndef CYTHON_UFUNC_HEADERS_COME_FIRST
#include "cython_ufunc/numpy_begin.h"
#undef NO_IMPORT_ARRAY
#define NO_IMPORT_ARRAY 1
#undef NO_IMPORT_UFUNC
#define NO_IMPORT_UFUNC 1
#endif

/* The shim exports the one `PyInit_` of the extension. */
#ifndef CYTHON_NO_PYINIT_EXPORT
#define CYTHON_NO_PYINIT_EXPORT 1
#endif

#ifdef __cplusplus
extern "C" {
#endif
CYTHON_UFUNC_HIDDEN struct _object *CYTHON_UFUNC_BODY_INIT(void);
CYTHON_UFUNC_HIDDEN extern const struct cython_ufunc_body CYTHON_UFUNC_BODY;
#ifdef __cplusplus
}
#endif

#endif
