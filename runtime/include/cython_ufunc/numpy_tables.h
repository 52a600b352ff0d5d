// SPDX-License-Identifier: BSD-3-Clause
/// Declares NumPy's C API tables `extern`, for every translation unit of an extension module.
///
/// The build includes this file in front of each source (`-include`, `/FI`), so that a body or a helper uses NumPy's
/// C API with no ceremony of its own. It includes nothing: the source's first `#include` stays the first.
#ifndef CYTHON_UFUNC_NUMPY_TABLES_H
#define CYTHON_UFUNC_NUMPY_TABLES_H

#include "cython_ufunc/module.h"

// NumPy's headers name the tables by these macros. Defining them, rather than PY_ARRAY_UNIQUE_SYMBOL, leaves a source
// free to define that one itself: see cython_ufunc/keep_table_names.h.
#define PyArray_API cython_ufunc_array_api
#define PyArray_RUNTIME_VERSION cython_ufunc_array_apiPyArray_RUNTIME_VERSION
#define PyUFunc_API cython_ufunc_ufunc_api

// NO_IMPORT rather than NO_IMPORT_ARRAY: sources with the old ritual define the latter, to one value or another.
#ifndef NO_IMPORT
#define NO_IMPORT
#endif

// NO_IMPORT removes these from NumPy's headers, while Cython's numpy.pxd and users' sources call them. `_import_array`
// is object-like because Cython's `<void>np._import_array` uses the bare name.
#define _import_array cython_ufunc_import_array
#define import_array()                                                                                                 \
    {                                                                                                                  \
        if (cython_ufunc_import_array() < 0) {                                                                         \
            return NULL;                                                                                               \
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
