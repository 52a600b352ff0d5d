// SPDX-License-Identifier: BSD-3-Clause
// The owner of NumPy's C API tables, and their import.
#include <Python.h>

// NumPy's own import code is left out: it stores a table before it checks it, and with NumPy 1 headers it makes
// NumPy 2 print to stderr.
#define NO_IMPORT
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION // else NumPy 1 headers warn
#include <numpy/arrayobject.h>

#include "cython_ufunc/module.h"
#include "numpy_tables.hpp"

extern "C" {
// The tables' names in every other translation unit: see cython_ufunc/numpy_tables.h.
CYTHON_UFUNC_HIDDEN void **cython_ufunc_array_api = nullptr;
CYTHON_UFUNC_HIDDEN int cython_ufunc_array_apiPyArray_RUNTIME_VERSION = 0;
CYTHON_UFUNC_HIDDEN void **cython_ufunc_ufunc_api = nullptr;
}

namespace cython_ufunc {
namespace {

/// The extension module that holds both tables; null with an exception set when it cannot be imported.
Reference import_multiarray_umath() {
    Reference module(PyImport_ImportModule("numpy._core._multiarray_umath"));
    if (!module && PyErr_ExceptionMatches(PyExc_ModuleNotFoundError)) {
        PyErr_Clear();
        module = Reference(PyImport_ImportModule("numpy.core._multiarray_umath")); // NumPy 1
    }
    return module;
}

/// The table in the capsule `module.<attribute>`; null with an exception set when there is none.
void **table_of(PyObject *module, const char *attribute) {
    const Reference capsule(PyObject_GetAttrString(module, attribute));
    if (!capsule) {
        return nullptr;
    }
    return static_cast<void **>(PyCapsule_GetPointer(capsule.get(), nullptr));
}

/// Checks the array API table against `needs`, by the functions in the table that every NumPy has had.
ImportStatus check_array_api(void **table, const NumpyNeeds &needs) {
    void **const PyArray_API = table; // what NumPy's PyArray_... macros call through
    const unsigned abi = PyArray_GetNDArrayCVersion();
    const unsigned feature = PyArray_GetNDArrayCFeatureVersion();
    if (needs.abi < abi) {
        PyErr_Format(PyExc_RuntimeError, "module compiled against NumPy ABI version 0x%x, but this NumPy has 0x%x",
                     needs.abi, abi);
        return ImportStatus::abi_too_new;
    }
    if (needs.feature > feature) {
        PyErr_Format(PyExc_RuntimeError, "module compiled for NumPy C API version 0x%x, but this NumPy has 0x%x",
                     needs.feature, feature);
        return ImportStatus::too_old;
    }
    return ImportStatus::ok;
}

} // namespace

ImportStatus import_numpy_tables(const NumpyNeeds &needs) {
    const Reference module = import_multiarray_umath();
    if (!module) {
        return ImportStatus::failed;
    }
    void **const PyArray_API = table_of(module.get(), "_ARRAY_API");
    if (PyArray_API == nullptr) {
        return ImportStatus::failed;
    }
    const ImportStatus status = check_array_api(PyArray_API, needs);
    if (status != ImportStatus::ok) {
        return status;
    }
    void **const ufunc_api = table_of(module.get(), "_UFUNC_API");
    if (ufunc_api == nullptr) {
        return ImportStatus::failed;
    }
    cython_ufunc_array_apiPyArray_RUNTIME_VERSION = static_cast<int>(PyArray_GetNDArrayCFeatureVersion());
    cython_ufunc_array_api = PyArray_API;
    cython_ufunc_ufunc_api = ufunc_api;
    return ImportStatus::ok;
}

bool numpy_tables_ready() { return cython_ufunc_array_api != nullptr && cython_ufunc_ufunc_api != nullptr; }

NumpyNeeds default_needs() { return {NPY_VERSION, NPY_FEATURE_VERSION}; }

} // namespace cython_ufunc
