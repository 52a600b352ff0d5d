// SPDX-License-Identifier: BSD-3-Clause
/// The import of NumPy's C API tables.
#ifndef CYTHON_UFUNC_NUMPY_TABLES_HPP
#define CYTHON_UFUNC_NUMPY_TABLES_HPP

#include "reference.hpp"

namespace cython_ufunc {

/// What a module asks of the NumPy it runs on.
struct NumpyNeeds {
    /// NPY_VERSION of the headers it was compiled with.
    unsigned abi;
    /// NPY_FEATURE_VERSION it was compiled for.
    unsigned feature;
};

/// Why the tables could not be imported.
enum class ImportStatus {
    ok,
    /// NumPy, or its C extension, could not be imported; the Python exception says why.
    failed,
    /// NumPy's ABI is newer than the module's; the Python exception has both numbers.
    abi_too_new,
    /// NumPy's C API is older than the module needs; the Python exception has both numbers.
    too_old,
};

/// Imports the array API, then the ufunc API, and publishes both tables once both were found good. The tables stay as
/// they were when it fails. Sets a Python exception unless it returns `ok`.
ImportStatus import_numpy_tables(const NumpyNeeds &needs);

/// True once the tables are filled.
bool numpy_tables_ready();

/// What the runtime itself was compiled with: the needs of a caller that is not known.
NumpyNeeds default_needs();

} // namespace cython_ufunc

#endif
