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

/// Sets `exception`, an instance.
void set_exception(PyObject *exception) {
    PyErr_SetObject(reinterpret_cast<PyObject *>(Py_TYPE(exception)), exception);
}

/// True for what speaks of the program rather than of NumPy: KeyboardInterrupt, SystemExit and the like, and
/// MemoryError.
bool is_interruption(PyObject *exception) {
    return PyErr_GivenExceptionMatches(exception, PyExc_Exception) == 0 ||
           PyErr_GivenExceptionMatches(exception, PyExc_MemoryError) != 0;
}

/// Gathers the details of a report. A step that fails leaves a detail out, but never swallows an interruption.
class Inquiry {
  public:
    /// `result`. The exception that comes with a null one is taken out of the interpreter: the report goes on without
    /// that detail.
    Reference or_nothing(PyObject *result) {
        if (result == nullptr) {
            Reference exception = take_exception();
            if (exception && !interruption_ && is_interruption(exception.get())) {
                interruption_ = std::move(exception);
            }
        }
        return Reference(result);
    }

    Reference import_or_nothing(const char *name) { return or_nothing(PyImport_ImportModule(name)); }

    /// `object.<attribute>` when it is a string, else nothing.
    Reference string_attribute(PyObject *object, const char *attribute) {
        Reference value = or_nothing(PyObject_GetAttrString(object, attribute));
        return value && PyUnicode_Check(value.get()) ? std::move(value) : Reference();
    }

    /// The first interruption there was; null when there was none.
    [[nodiscard]] PyObject *interruption() const { return interruption_.get(); }

  private:
    Reference interruption_;
};

/// What `import numpy` finds, without running it.
struct FoundNumpy {
    bool searched = false; ///< the import system could look for it
    Reference origin;      ///< its file; nothing when there is no NumPy, or a module that was not loaded from a file
    Reference version;     ///< its release; nothing when it does not say
    bool is_there = false;
    bool is_package = false;
};

/// The release in the name of a folder of metadata, such as `numpy-1.25.0.dist-info`; nothing when it is not NumPy's.
Reference release_of(Inquiry &inquiry, PyObject *name) {
    const Reference bytes = inquiry.or_nothing(PyUnicode_AsUTF8String(name));
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
    const char *const release_end = dash != nullptr && dash < end ? dash : end;
    return inquiry.or_nothing(PyUnicode_FromStringAndSize(release, release_end - release));
}

/// The release of the NumPy whose package is in the file `origin`, by the metadata installed beside the package: NumPy
/// itself may not be importable, and the metadata of another folder is another NumPy's. Not by importlib.metadata,
/// whose imports crash Python 3.12 in its second subinterpreter.
Reference distribution_version(Inquiry &inquiry, PyObject *origin) {
    const Reference path = inquiry.import_or_nothing("os.path");
    const Reference system = inquiry.import_or_nothing("os");
    if (!path || !system) {
        return {};
    }
    const Reference package = inquiry.or_nothing(PyObject_CallMethod(path.get(), "dirname", "O", origin));
    if (!package) {
        return {};
    }
    const Reference folder = inquiry.or_nothing(PyObject_CallMethod(path.get(), "dirname", "O", package.get()));
    if (!folder) {
        return {};
    }
    const Reference names = inquiry.or_nothing(PyObject_CallMethod(system.get(), "listdir", "O", folder.get()));
    const Py_ssize_t count = names && PyList_Check(names.get()) ? PyList_Size(names.get()) : 0;
    for (Py_ssize_t i = 0; i < count; ++i) {
        Reference release = release_of(inquiry, PyList_GetItem(names.get(), i));
        if (release) {
            return release;
        }
    }
    return {};
}

/// True where an exception's text has the words of a refusal to be imported by a second interpreter, or by a
/// subinterpreter.
bool refuses_interpreter(Inquiry &inquiry, PyObject *exception) {
    const Reference text = inquiry.or_nothing(PyObject_Str(exception));
    const Reference bytes = text ? inquiry.or_nothing(PyUnicode_AsUTF8String(text.get())) : Reference();
    const char *const message = bytes ? PyBytes_AsString(bytes.get()) : "";
    // CPython's words, NumPy's, and those of NumPy before 2.2, which spells them so.
    return std::strstr(message, "does not support loading in subinterpreters") != nullptr ||
           std::strstr(message, "cannot load module more than once per process") != nullptr ||
           std::strstr(message, "CPU dispatcher tracer already init") != nullptr;
}

/// True where NumPy refused so. It may have raised other exceptions from the one that says it.
bool is_one_interpreter_too_many(Inquiry &inquiry, PyObject *cause) {
    Py_XINCREF(cause);
    Reference exception(cause);
    constexpr int longest_chain = 8; // chains can be circular
    for (int length = 0; exception && length < longest_chain; ++length) {
        if (refuses_interpreter(inquiry, exception.get())) {
            return true;
        }
        Reference earlier(PyException_GetCause(exception.get()));
        exception = earlier ? std::move(earlier) : Reference(PyException_GetContext(exception.get()));
    }
    return false;
}

/// `sys.modules["numpy"]`; nothing when it is not loaded, or blocked by None.
Reference loaded_numpy(Inquiry &inquiry) {
    const Reference name = inquiry.or_nothing(PyUnicode_FromString("numpy"));
    Reference loaded = name ? inquiry.or_nothing(PyObject_GetItem(PyImport_GetModuleDict(), name.get())) : Reference();
    return loaded && loaded.get() != Py_None ? std::move(loaded) : Reference();
}

FoundNumpy find_numpy(Inquiry &inquiry) {
    FoundNumpy found;
    const Reference loaded = loaded_numpy(inquiry);
    const Reference util = inquiry.import_or_nothing("importlib.util");
    const Reference spec =
        util ? inquiry.or_nothing(PyObject_CallMethod(util.get(), "find_spec", "s", "numpy")) : Reference();
    if (spec && spec.get() != Py_None) {
        found.origin = inquiry.string_attribute(spec.get(), "origin");
        const Reference locations =
            inquiry.or_nothing(PyObject_GetAttrString(spec.get(), "submodule_search_locations"));
        found.is_package = locations && locations.get() != Py_None;
    } else if (loaded) { // put into sys.modules by hand: without a spec find_spec() raises
        found.origin = inquiry.string_attribute(loaded.get(), "__file__");
        found.is_package = static_cast<bool>(inquiry.or_nothing(PyObject_GetAttrString(loaded.get(), "__path__")));
    }
    found.searched = spec || loaded;
    found.is_there = found.origin || (loaded && !found.is_package); // a package without a file is an empty folder
    if (loaded) {
        found.version = inquiry.string_attribute(loaded.get(), "__version__");
    }
    if (!found.version && found.is_package && found.origin) {
        found.version = distribution_version(inquiry, found.origin.get());
    }
    return found;
}

/// Why the module cannot use NumPy and how to fix it.
Reference reason(Inquiry &inquiry, const FoundNumpy &found, const char *oldest, ImportStatus status, PyObject *cause) {
    switch (status) {
    case ImportStatus::abi_too_new:
        return Reference(PyUnicode_FromFormat("this NumPy's binary interface is newer than the one it was built for. "
                                              "Rebuild it with this NumPy, or install \"numpy<2\""));
    case ImportStatus::too_old:
        return Reference(PyUnicode_FromFormat("this NumPy is too old. Install \"numpy>=%s\"", oldest));
    default:
        break;
    }
    if (!found.searched) {
        return Reference(PyUnicode_FromFormat("Python could not look for it (see the exception above, the cause). "
                                              "Check the import hooks in sys.meta_path"));
    }
    if (!found.is_there) {
        return Reference(
            PyUnicode_FromFormat("NumPy could not be imported. Install \"numpy>=%s\" for this Python", oldest));
    }
    if (!found.is_package) {
        return found.origin
                   ? Reference(PyUnicode_FromFormat("that file is not NumPy and hides it. Rename or remove it"))
                   : Reference(PyUnicode_FromFormat("that module is not NumPy and hides it. Remove it from "
                                                    "sys.modules"));
    }
    if (is_one_interpreter_too_many(inquiry, cause)) {
        return Reference(PyUnicode_FromFormat("NumPy works in one interpreter of a process only (see the exception "
                                              "above, the cause). Use the module in the main interpreter"));
    }
    return Reference(PyUnicode_FromFormat("that NumPy could not be imported (see the exception above, the cause). "
                                          "Reinstall it for this Python"));
}

Reference found_text(const FoundNumpy &found) {
    if (!found.is_there) {
        return Reference(PyUnicode_FromString("no NumPy"));
    }
    if (!found.origin) {
        return Reference(PyUnicode_FromString("a module numpy that was loaded from no file"));
    }
    if (!found.is_package) {
        return Reference(PyUnicode_FromFormat("%U", found.origin.get()));
    }
    if (!found.version) {
        return Reference(PyUnicode_FromFormat("NumPy of unknown version at %U", found.origin.get()));
    }
    return Reference(PyUnicode_FromFormat("NumPy %U at %U", found.version.get(), found.origin.get()));
}

/// Null with a Python exception set when there is no memory for it, or something interrupted it.
Reference message_of(const char *module_name, const char *oldest, ImportStatus status, PyObject *cause) {
    Inquiry inquiry;
    const FoundNumpy found = find_numpy(inquiry);
    const Reference why = reason(inquiry, found, oldest, status, cause);
    if (PyObject *const interruption = inquiry.interruption()) {
        set_exception(interruption);
        return {};
    }
    const Reference what = why ? found_text(found) : Reference();
    if (!what) {
        return {};
    }
    // `cython-ufunc doctor` reads the release from a module's bytes: it is a part of this string.
    return Reference(PyUnicode_FromFormat("%s cannot use NumPy's C API: it was built with "
                                          "NumPy " CYTHON_UFUNC_NUMPY_VERSION " and needs "
                                          "NumPy %s or newer, but found %U: %U.",
                                          module_name, oldest, what.get(), why.get()));
}

} // namespace

void raise_import_error(const char *module_name, const char *oldest, ImportStatus status) {
    Reference cause = take_exception();
    if (!cause) { // what failed set none, for which Python raises SystemError
        return;
    }
    if (is_interruption(cause.get())) {
        set_exception(cause.get());
        return;
    }
    const Reference message = message_of(module_name, oldest, status, cause.get());
    // Not PyErr_SetImportError(), which PyPy does not have.
    const Reference positional(message ? PyTuple_Pack(1, message.get()) : nullptr);
    const Reference keywords(positional ? Py_BuildValue("{s:s}", "name", module_name) : nullptr);
    const Reference error(keywords ? PyObject_Call(PyExc_ImportError, positional.get(), keywords.get()) : nullptr);
    if (!error) {
        return;
    }
    PyException_SetCause(error.get(), cause.release());
    set_exception(error.get());
}

} // namespace cython_ufunc
