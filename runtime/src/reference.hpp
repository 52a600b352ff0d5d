// SPDX-License-Identifier: BSD-3-Clause
/// An owned reference to a Python object.
#ifndef CYTHON_UFUNC_REFERENCE_HPP
#define CYTHON_UFUNC_REFERENCE_HPP

#include <Python.h>

namespace cython_ufunc {

/// Owns one reference, or none; drops it at the end of its scope. The GIL must be held throughout.
class Reference {
  public:
    Reference() = default;
    /// Takes over `owned`, which may be null.
    explicit Reference(PyObject *owned) : object_(owned) {}
    Reference(const Reference &) = delete;
    Reference &operator=(const Reference &) = delete;
    Reference(Reference &&other) noexcept : object_(other.release()) {}
    Reference &operator=(Reference &&other) noexcept {
        PyObject *const previous = object_;
        object_ = other.release();
        Py_XDECREF(previous);
        return *this;
    }
    ~Reference() { Py_XDECREF(object_); }

    /// The object, still owned by this; null when there is none.
    [[nodiscard]] PyObject *get() const { return object_; }
    /// Hands the reference over to the caller.
    [[nodiscard]] PyObject *release() {
        PyObject *const object = object_;
        object_ = nullptr;
        return object;
    }
    explicit operator bool() const { return object_ != nullptr; }

  private:
    PyObject *object_ = nullptr;
};

} // namespace cython_ufunc

#endif
