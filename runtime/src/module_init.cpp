// SPDX-License-Identifier: BSD-3-Clause
// The way from `PyInit_<name>` through NumPy's import to the body.
#include <Python.h>

#include "cython_ufunc/module.h"
#include "import_error.hpp"
#include "numpy_tables.hpp"

#include <atomic>

namespace cython_ufunc {
namespace {

/// Imports the tables for `module_name`; on failure sets the exception and returns -1.
int import_for(const char *module_name, const NumpyNeeds &needs, const char *oldest) {
    const ImportStatus status = import_numpy_tables(needs);
    if (status == ImportStatus::ok) {
        return 0;
    }
    raise_import_error(module_name, oldest, status);
    return -1;
}

int import_for(const cython_ufunc_module *module) {
    const cython_ufunc_body *const body = module->body;
    return import_for(module->name, {body->numpy_abi, body->numpy_feature}, body->numpy_oldest);
}

/// Has the first function that the definition executes be the shim's, which imports NumPy's tables and then calls the
/// body's. Nothing is allocated: this cannot fail, and what it changes lives as long as the process, unlike memory of
/// the interpreter that happens to be the first to import the module.
void put_exec_in_front(PyModuleDef *definition, cython_ufunc_module *module) {
    // Interpreters with a GIL of their own, and threads without one, may come here at the same time.
    // With exchange() alone: other functions of libstdc++'s <atomic> call ones that an unoptimised module would export.
    static std::atomic<int> busy{0};
    while (busy.exchange(1, std::memory_order_acquire) != 0) {
    }
    for (PyModuleDef_Slot *slot = definition->m_slots; slot->slot != 0; ++slot) {
        if (slot->slot == Py_mod_exec) {
            void *const exec = reinterpret_cast<void *>(module->exec);
            if (slot->value != exec) { // `PyInit_` runs again when the module is imported again
                module->body_exec = reinterpret_cast<int (*)(PyObject *)>(slot->value);
                slot->value = exec;
            }
            break;
        }
    }
    busy.exchange(0, std::memory_order_release);
}

/// Calls the body's `PyInit_`, in which its code runs. That puts the module into sys.modules before it is done. When it
/// fails, the module is taken out again, which Python does with multi-phase initialisation only: else the next import
/// would return the half of a module.
PyObject *run_single_phase_body(const cython_ufunc_module *module) {
    PyObject *const modules = PyImport_GetModuleDict(); // borrowed
    const Reference name(PyUnicode_FromString(module->name));
    const int was_there = name ? PySequence_Contains(modules, name.get()) : -1;
    if (was_there < 0) {
        return nullptr;
    }
    PyObject *const result = module->body->init();
    if (result == nullptr && was_there == 0) {
        PyObject *type = nullptr;
        PyObject *value = nullptr;
        PyObject *traceback = nullptr;
        PyErr_Fetch(&type, &value, &traceback);
        if (PyObject_DelItem(modules, name.get()) < 0) {
            PyErr_Clear(); // it failed before the module was there
        }
        PyErr_Restore(type, value, traceback);
    }
    return result;
}

} // namespace
} // namespace cython_ufunc

extern "C" {

PyObject *cython_ufunc_init_module(cython_ufunc_module *module) {
    if (!module->body->multi_phase) {
        return cython_ufunc::import_for(module) < 0 ? nullptr : cython_ufunc::run_single_phase_body(module);
    }
    // Not here but in the exec slot: this function runs in the main interpreter whichever one imports the module.
    PyObject *const definition = module->body->init();
    if (definition != nullptr) {
        cython_ufunc::put_exec_in_front(reinterpret_cast<PyModuleDef *>(definition), module);
    }
    return definition;
}

int cython_ufunc_exec_module(const cython_ufunc_module *module, PyObject *object) {
    return cython_ufunc::import_for(module) < 0 ? -1 : module->body_exec(object);
}

int cython_ufunc_import_array(void) {
    if (cython_ufunc::numpy_tables_ready()) {
        return 0;
    }
    return cython_ufunc::import_for("this program", cython_ufunc::default_needs(), "1.19");
}
}
