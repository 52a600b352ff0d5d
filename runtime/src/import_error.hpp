// SPDX-License-Identifier: BSD-3-Clause
/// The one ImportError that tells why a module has no NumPy C API.
#ifndef CYTHON_UFUNC_IMPORT_ERROR_HPP
#define CYTHON_UFUNC_IMPORT_ERROR_HPP

#include "numpy_tables.hpp"

namespace cython_ufunc {

/// Replaces the exception that is set by an ImportError with `name`, chained to it, that names the module, the NumPy
/// it was built with, the oldest it accepts and the NumPy found. Leaves exceptions that are not `Exception`s
/// (KeyboardInterrupt, SystemExit) and MemoryError as they are.
///   module_name  qualified name in UTF-8
///   oldest       the oldest NumPy release the module accepts, such as "1.25"
///   status       what import_numpy_tables() returned; not `ok`
void raise_import_error(const char *module_name, const char *oldest, ImportStatus status);

} // namespace cython_ufunc

#endif
