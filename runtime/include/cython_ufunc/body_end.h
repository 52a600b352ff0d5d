/* SPDX-License-Identifier: BSD-3-Clause */
/* The transpiler includes this at the end of every body: it exports what the body's compile decided, where the
 * macros that say so have their final values.
 */
#ifndef CYTHON_UFUNC_BODY_END_H
#define CYTHON_UFUNC_BODY_END_H

/* A runtime that is not for the stable ABI would make a module that claims it wrong. */
#if defined(Py_LIMITED_API) && defined(CYTHON_UFUNC_RUNTIME_STABLE_ABI) && !CYTHON_UFUNC_RUNTIME_STABLE_ABI
#error "this is for the stable ABI, but the runtime is not: set STABLE_ABI (CMake) or the option stable_abi (Meson)"
#endif

/* Where NumPy's headers were not included, a .pxd of the user's own has said so in their place. */
#ifndef NPY_ABI_VERSION
#undef NPY_FEATURE_VERSION
#endif

/* A body without NumPy of its own still has the target's NPY_TARGET_VERSION, which its helpers are compiled for. */
#include <numpy/numpyconfig.h>

#if defined(CYTHON_UFUNC_NUMPY_MAJOR) && (NPY_ABI_VERSION >> 24) != CYTHON_UFUNC_NUMPY_MAJOR
#error "another NumPy's headers come before those of the NumPy that the build is for. Take their folder away"
#endif

/* NumPy 1.x headers define these two elsewhere, or not at all; there they equal what the headers are. */
#ifdef NPY_FEATURE_VERSION
#define CYTHON_UFUNC_NUMPY_FEATURE NPY_FEATURE_VERSION
#else
#define CYTHON_UFUNC_NUMPY_FEATURE NPY_API_VERSION
#endif

#ifdef NPY_FEATURE_VERSION_STRING
#define CYTHON_UFUNC_NUMPY_OLDEST NPY_FEATURE_VERSION_STRING
#elif CYTHON_UFUNC_NUMPY_FEATURE >= 0x10
#define CYTHON_UFUNC_NUMPY_OLDEST "1.23"
#elif CYTHON_UFUNC_NUMPY_FEATURE >= 0xf
#define CYTHON_UFUNC_NUMPY_OLDEST "1.22"
#elif CYTHON_UFUNC_NUMPY_FEATURE >= 0xe
#define CYTHON_UFUNC_NUMPY_OLDEST "1.20"
#else
#define CYTHON_UFUNC_NUMPY_OLDEST "1.16"
#endif

/* In front of the release, so that `cython-ufunc doctor` can tell the needs of a stripped module from its bytes. */
#define CYTHON_UFUNC_VALUE_OF(macro) #macro
#define CYTHON_UFUNC_TEXT_OF(macro) CYTHON_UFUNC_VALUE_OF(macro)
#define CYTHON_UFUNC_NEEDS                                                                                             \
    "cython-ufunc: needs NumPy ABI " CYTHON_UFUNC_TEXT_OF(NPY_ABI_VERSION) ", C API " CYTHON_UFUNC_TEXT_OF(            \
        CYTHON_UFUNC_NUMPY_FEATURE) ", release "

const struct cython_ufunc_body CYTHON_UFUNC_BODY = {
    CYTHON_UFUNC_BODY_INIT,
    CYTHON_PEP489_MULTI_PHASE_INIT,
    NPY_ABI_VERSION,
    CYTHON_UFUNC_NUMPY_FEATURE,
    &(CYTHON_UFUNC_NEEDS CYTHON_UFUNC_NUMPY_OLDEST)[sizeof(CYTHON_UFUNC_NEEDS) - 1],
};

#endif
