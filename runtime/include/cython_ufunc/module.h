/* SPDX-License-Identifier: BSD-3-Clause */
/* What a module's generated init shim, its body and the runtime agree on.
 *
 * Includes neither Python.h nor NumPy's headers: the shim is compiled once per module, and each of those costs it
 * more than everything else together. Valid C89 and C++98.
 */
#ifndef CYTHON_UFUNC_MODULE_H
#define CYTHON_UFUNC_MODULE_H

#ifdef _WIN32
#define CYTHON_UFUNC_HIDDEN
#define CYTHON_UFUNC_EXPORT __declspec(dllexport)
#else
#define CYTHON_UFUNC_HIDDEN __attribute__((visibility("hidden")))
#define CYTHON_UFUNC_EXPORT __attribute__((visibility("default")))
#endif

#if defined(__GNUC__) || defined(__clang__) || defined(_MSC_VER)
#define CYTHON_UFUNC_INLINE __inline
#else
#define CYTHON_UFUNC_INLINE
#endif

#if defined(__cplusplus) && __cplusplus >= 201103L
#define CYTHON_UFUNC_NULL nullptr
#else
#define CYTHON_UFUNC_NULL 0
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Python's PyObject, as Python.h declares it. */
struct _object;

/** What only the body's own compile knows. The body defines one, in cython_ufunc/body_end.h. */
struct cython_ufunc_body {
    /** The body's `PyInit_` function, renamed. */
    struct _object *(*init)(void);
    /** 1 when `init` returns a PyModuleDef (PEP 489), 0 when it returns the finished module. */
    int multi_phase;
    /** NumPy's ABI version (`NPY_VERSION`) in the headers the body was compiled with. */
    unsigned numpy_abi;
    /** The oldest NumPy C API (`NPY_FEATURE_VERSION`) the body may run on. */
    unsigned numpy_feature;
    /** The NumPy release that introduced `numpy_feature`, such as "1.25". */
    const char *numpy_oldest;
};

/** One extension module. The shim defines one; it lives as long as the process. */
struct cython_ufunc_module {
    /** The module's qualified name in UTF-8, such as "mypkg.fastmath". */
    const char *name;
    const struct cython_ufunc_body *body;
    /** The shim's `Py_mod_exec` function, which calls cython_ufunc_exec_module() with this record. */
    int (*exec)(struct _object *);
    /** The runtime's: the body's `Py_mod_exec` function, NULL until the first initialisation. */
    int (*body_exec)(struct _object *);
};

/** What `PyInit_<name>` returns: the body's result, with NumPy's C API imported before the body's code runs.
 *  Returns NULL with a Python exception set on failure: an ImportError when NumPy cannot be used.
 */
CYTHON_UFUNC_HIDDEN struct _object *cython_ufunc_init_module(struct cython_ufunc_module *module);

/** Imports NumPy's array API, then its ufunc API, checks both against what `module` needs, and runs the body's code in
 *  the module object `object`. Returns 0, or -1 with a Python exception set. Called whenever an interpreter executes
 *  the module; only with multi-phase initialisation.
 */
CYTHON_UFUNC_HIDDEN int cython_ufunc_exec_module(const struct cython_ufunc_module *module, struct _object *object);

/** What `_import_array` means in bodies and helpers: returns 0 at once when the tables are filled, as they are from
 *  the moment the body runs; else imports them. Returns -1 with an ImportError set on failure.
 */
CYTHON_UFUNC_HIDDEN int cython_ufunc_import_array(void);

#ifdef __cplusplus
}
#endif

#endif
