// SPDX-License-Identifier: BSD-3-Clause
// What the ImportError says: the NumPy that was found, why it cannot be used, and the remedy.
#include "import_error.hpp"

#include <cstring>
#include <utility>

#ifndef CYTHON_UFUNC_NUMPY_VERSION
#error "The build defines CYTHON_UFUNC_NUMPY_VERSION: the NumPy release whose headers it compiles with, as a string."
#endif

namespace cython_ufunc {
namespace {

/// Takes the exception that is set out of the interpreter, as one object; null when none is set.
Reference take_exception() {
    PyObject *type = nullptr;
    PyObject *value = nullptr;
    PyObject *traceback = nullptr;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (value != nullptr && traceback != nullptr) {
        PyException_SetTraceback(value, traceback);
    }
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return Reference(value);
}

/// `result`, with the exception that comes with a null result cleared: the report goes on without that detail.
Reference or_nothing(PyObject *result) {
    if (result == nullptr) {
        PyErr_Clear();
    }
    return Reference(result);
}

Reference import_or_nothing(const char *name) { return or_nothing(PyImport_ImportModule(name)); }

/// `object.<attribute>` when it is a string, else nothing.
Reference string_attribute(PyObject *object, const char *attribute) {
    Reference value = or_nothing(PyObject_GetAttrString(object, attribute));
    return value && PyUnicode_Check(value.get()) ? std::move(value) : Reference();
}

/// What `import numpy` finds, without running it.
struct FoundNumpy {
    Reference origin;  ///< its file; nothing when there is no NumPy
    Reference version; ///< its release; nothing when it does not say
    bool is_package = true;
};

/// The release in the name of a folder of metadata, such as `numpy-1.25.0.dist-info`; nothing when it is not NumPy's.
Reference release_of(PyObject *name) {
    const Reference bytes = or_nothing(PyUnicode_AsUTF8String(name));
    const char *const text = bytes ? PyBytes_AsString(bytes.get()) : "";
    const char *const prefix = "numpy-";
    if (std::strncmp(text, prefix, std::strlen(prefix)) != 0) {
        return {};
    }
    const char *const release = text + std::strlen(prefix);
    const char *end = std::strstr(release, ".dist-info");
    if (end == nullptr) {
        end = std::strstr(release, ".egg-info");
    }
    if (end == nullptr) {
        return {};
    }
    const char *const dash = std::strchr(release, '-'); // `numpy-1.25.0-py3.9.egg-info`
    return or_nothing(PyUnicode_FromStringAndSize(release, (dash != nullptr && dash < end ? dash : end) - release));
}

/// The release of the NumPy whose package is in the file `origin`, by the metadata installed beside the package: NumPy
/// itself may not be importable, and the metadata of another folder is another NumPy's. Not by importlib.metadata,
/// whose imports crash Python 3.12 in its second subinterpreter.
Reference distribution_version(PyObject *origin) {
    const Reference path = import_or_nothing("os.path");
    const Reference system = import_or_nothing("os");
    if (!path || !system) {
        return {};
    }
    const Reference package = or_nothing(PyObject_CallMethod(path.get(), "dirname", "O", origin));
    const Reference folder =
        package ? or_nothing(PyObject_CallMethod(path.get(), "dirname", "O", package.get())) : Reference();
    const Reference names =
        folder ? or_nothing(PyObject_CallMethod(system.get(), "listdir", "O", folder.get())) : Reference();
    const Py_ssize_t count = names ? PyList_Size(names.get()) : 0;
    for (Py_ssize_t i = 0; i < count; ++i) {
        Reference release = release_of(PyList_GetItem(names.get(), i));
        if (release) {
            return release;
        }
    }
    return {};
}

/// True where an exception's text has the words of a refusal to be imported by a second interpreter, or by a
/// subinterpreter.
bool refuses_interpreter(PyObject *exception) {
    const Reference text = or_nothing(PyObject_Str(exception));
    const Reference bytes = text ? or_nothing(PyUnicode_AsUTF8String(text.get())) : Reference();
    const char *const message = bytes ? PyBytes_AsString(bytes.get()) : "";
    // CPython's words, NumPy's, and those of NumPy before 2.2, which spells them so.
    return std::strstr(message, "does not support loading in subinterpreters") != nullptr ||
           std::strstr(message, "cannot load module more than once per process") != nullptr ||
           std::strstr(message, "CPU dispatcher tracer already init") != nullptr;
}

/// True where NumPy refused so. It may have raised other exceptions from the one that says it.
bool is_one_interpreter_too_many(PyObject *cause) {
    Py_XINCREF(cause);
    Reference exception(cause);
    constexpr int longest_chain = 8; // chains can be circular
    for (int length = 0; exception && length < longest_chain; ++length) {
        if (refuses_interpreter(exception.get())) {
            return true;
        }
        Reference earlier(PyException_GetCause(exception.get()));
        exception = earlier ? std::move(earlier) : Reference(PyException_GetContext(exception.get()));
    }
    return false;
}

FoundNumpy find_numpy() {
    FoundNumpy found;
    const Reference util = import_or_nothing("importlib.util");
    const Reference spec = util ? or_nothing(PyObject_CallMethod(util.get(), "find_spec", "s", "numpy")) : Reference();
    if (!spec || spec.get() == Py_None) {
        return found;
    }
    found.origin = string_attribute(spec.get(), "origin");
    const Reference locations = or_nothing(PyObject_GetAttrString(spec.get(), "submodule_search_locations"));
    found.is_package = locations && locations.get() != Py_None;
    const Reference modules = or_nothing(PyObject_GetAttrString(import_or_nothing("sys").get(), "modules"));
    const Reference loaded = modules ? or_nothing(PyMapping_GetItemString(modules.get(), "numpy")) : Reference();
    if (loaded) {
        found.version = string_attribute(loaded.get(), "__version__");
    }
    if (!found.version && found.is_package && found.origin) {
        found.version = distribution_version(found.origin.get());
    }
    return found;
}

/// Why the module cannot use NumPy and how to mend it.
Reference reason(const FoundNumpy &found, const char *oldest, ImportStatus status, PyObject *cause) {
    switch (status) {
    case ImportStatus::abi_too_new:
        return Reference(PyUnicode_FromFormat("this NumPy's binary interface is newer than the one it was built for. "
                                              "Rebuild it with this NumPy, or install \"numpy<2\""));
    case ImportStatus::too_old:
        return Reference(PyUnicode_FromFormat("this NumPy is too old. Install \"numpy>=%s\"", oldest));
    default:
        break;
    }
    if (!found.origin) {
        return Reference(
            PyUnicode_FromFormat("NumPy could not be imported. Install \"numpy>=%s\" for this Python", oldest));
    }
    if (!found.is_package) {
        return Reference(PyUnicode_FromFormat("that file is not NumPy and hides it. Rename or remove it"));
    }
    if (is_one_interpreter_too_many(cause)) {
        return Reference(PyUnicode_FromFormat("NumPy works in one interpreter of a process only (see the exception "
                                              "above, the cause). Use the module in the main interpreter"));
    }
    return Reference(PyUnicode_FromFormat("that NumPy could not be imported (see the exception above, the cause). "
                                          "Reinstall it for this Python"));
}

Reference found_text(const FoundNumpy &found) {
    if (!found.origin) {
        return Reference(PyUnicode_FromString("no NumPy"));
    }
    if (!found.is_package) {
        return Reference(PyUnicode_FromFormat("%U", found.origin.get()));
    }
    if (!found.version) {
        return Reference(PyUnicode_FromFormat("NumPy of unknown version at %U", found.origin.get()));
    }
    return Reference(PyUnicode_FromFormat("NumPy %U at %U", found.version.get(), found.origin.get()));
}

/// Null with a Python exception set when there is no memory for it.
Reference message_of(const char *module_name, const char *oldest, ImportStatus status, PyObject *cause) {
    const FoundNumpy found = find_numpy();
    const Reference why = reason(found, oldest, status, cause);
    const Reference what = found_text(found);
    if (!why || !what) {
        return {};
    }
    return Reference(PyUnicode_FromFormat("%s cannot use NumPy's C API: it was built with NumPy %s and needs "
                                          "NumPy %s or newer, but found %U: %U.",
                                          module_name, CYTHON_UFUNC_NUMPY_VERSION, oldest, what.get(), why.get()));
}

} // namespace

void raise_import_error(const char *module_name, const char *oldest, ImportStatus status) {
    if (!PyErr_ExceptionMatches(PyExc_Exception) || PyErr_ExceptionMatches(PyExc_MemoryError)) {
        return;
    }
    Reference cause = take_exception();
    const Reference message = message_of(module_name, oldest, status, cause.get());
    // Not PyErr_SetImportError(), which PyPy does not have.
    const Reference positional(message ? PyTuple_Pack(1, message.get()) : nullptr);
    const Reference keywords(positional ? Py_BuildValue("{s:s}", "name", module_name) : nullptr);
    const Reference error(keywords ? PyObject_Call(PyExc_ImportError, positional.get(), keywords.get()) : nullptr);
    if (!error) {
        return;
    }
    if (cause) {
        PyException_SetCause(error.get(), cause.release());
    }
    PyErr_SetObject(PyExc_ImportError, error.get());
}

} // namespace cython_ufunc
