// SPDX-License-Identifier: BSD-3-Clause
// The way from `PyInit_<name>` through NumPy's import to the body.
#include <Python.h>

#include "cython_ufunc/module.h"
#include "import_error.hpp"
#include "numpy_tables.hpp"

namespace cython_ufunc {
namespace {

/// Imports the tables for `module_name`; on failure sets the ImportError and returns -1.
int import_for(const char *module_name, const NumpyNeeds &needs, const char *oldest) {
    const ImportStatus status = import_numpy_tables(needs);
    if (status == ImportStatus::ok) {
        return 0;
    }
    raise_import_error(module_name, oldest, status);
    return -1;
}

/// A copy of `slots` (ended by a zero slot) with `exec` as the first function to execute. It is never freed, as the
/// module definition it is for never is. Null with MemoryError set when there is no memory.
PyModuleDef_Slot *slots_with_exec_first(const PyModuleDef_Slot *slots, int (*exec)(PyObject *)) {
    size_t count = 0;
    while (slots[count].slot != 0) {
        ++count;
    }
    auto *const result = static_cast<PyModuleDef_Slot *>(PyMem_Malloc((count + 2) * sizeof(PyModuleDef_Slot)));
    if (result == nullptr) {
        PyErr_NoMemory();
        return nullptr;
    }
    // Executing slots run in their order, whatever stands between them.
    result[0] = {Py_mod_exec, reinterpret_cast<void *>(exec)};
    for (size_t i = 0; i <= count; ++i) {
        result[i + 1] = slots[i];
    }
    return result;
}

/// Puts the shim's exec function in front of the body's in the definition that the body returned.
PyObject *prepend_exec(PyObject *definition_object, cython_ufunc_module *module) {
    auto *const definition = reinterpret_cast<PyModuleDef *>(definition_object);
    if (module->slots == nullptr) { // `PyInit_` runs again when the module is imported again
        PyModuleDef_Slot *const slots = slots_with_exec_first(definition->m_slots, module->exec);
        if (slots == nullptr) {
            return nullptr;
        }
        module->slots = slots;
        definition->m_slots = slots;
    }
    return definition_object;
}

} // namespace
} // namespace cython_ufunc

extern "C" {

PyObject *cython_ufunc_init_module(cython_ufunc_module *module) {
    if (!module->body->multi_phase) { // the body's code runs inside `init`
        if (cython_ufunc_exec_module(module) < 0) {
            return nullptr;
        }
        return module->body->init();
    }
    // Not here but in the exec slot: this function runs in the main interpreter whichever one imports the module.
    PyObject *const definition = module->body->init();
    return definition == nullptr ? nullptr : cython_ufunc::prepend_exec(definition, module);
}

int cython_ufunc_exec_module(const cython_ufunc_module *module) {
    const cython_ufunc_body *const body = module->body;
    return cython_ufunc::import_for(module->name, {body->numpy_abi, body->numpy_feature}, body->numpy_oldest);
}

int cython_ufunc_import_array(void) {
    if (cython_ufunc::numpy_tables_ready()) {
        return 0;
    }
    return cython_ufunc::import_for("this program", cython_ufunc::default_needs(), "1.19");
}
}
