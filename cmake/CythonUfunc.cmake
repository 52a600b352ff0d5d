# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
CythonUfunc
-----------

Builds Cython modules that use NumPy's C API, each with an init shim that imports NumPy's array and ufunc APIs, in that
order, before the module's own code runs.

``find_package(CythonUfunc)``, ``add_subdirectory()`` and ``FetchContent`` of cython-ufunc all provide:

* :cmake:command:`add_cython_ufunc_module`: from a ``.pyx`` to an extension module,
* :cmake:command:`add_cython_shared_utility`: what the modules of a package have in common, compiled once,
* :cmake:command:`cython_ufunc_transpile`: the transpile step alone,
* :cmake:command:`cython_ufunc_add_import_test`: a test that imports a module, and calls it.

Needs CMake 3.21 and the languages ``CXX`` (always) and ``C`` (unless the modules are translated to C++). The
interpreter is the one that ``find_package(Python COMPONENTS Interpreter Development.Module NumPy)`` or its ``Python3``
twin found before the first call; without such a call the functions make it themselves.

Where both were called, and found different interpreters, the functions build for the one that has all these components, or was found
in the innermost directory; where that does not decide it, the variable ``CYTHON_UFUNC_PYTHON_PACKAGE`` says which: ``Python`` or
``Python3``.

.. note::
  The Cython used is that of the interpreter found, never one from ``PATH``.
#]=======================================================================]
include_guard(GLOBAL)

if(CMAKE_VERSION VERSION_LESS 3.21)
    message(
        FATAL_ERROR
        "CythonUfunc: CMake ${CMAKE_VERSION} is too old; 3.21 or newer is needed.\n"
        "Install one with: python3 -m pip install \"cmake>=3.21\""
    )
endif()

# Functions are those of the whole build, whichever copy of cython-ufunc defines them: one of the same version does for all.
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH _cython_ufunc_this)
get_property(_cython_ufunc_first GLOBAL PROPERTY _CYTHON_UFUNC_COPY)
if(_cython_ufunc_first)
    foreach(_cython_ufunc_copy IN ITEMS first this)
        file(
            STRINGS "${_cython_ufunc_${_cython_ufunc_copy}}/transpiler/cython_ufunc/VERSION"
            _cython_ufunc_version_${_cython_ufunc_copy}
        )
    endforeach()
    if(NOT _cython_ufunc_version_first STREQUAL _cython_ufunc_version_this)
        message(
            FATAL_ERROR
            " CythonUfunc: two versions of cython-ufunc are in one build: ${_cython_ufunc_version_first} in "
            "${_cython_ufunc_first} and ${_cython_ufunc_version_this} in ${_cython_ufunc_this}. Have all its projects use one of "
            "them."
        )
    endif()
    return()
endif()
set_property(GLOBAL PROPERTY _CYTHON_UFUNC_COPY "${_cython_ufunc_this}")
unset(_cython_ufunc_this)
unset(_cython_ufunc_first)

# Functions keep the policies in force where they are defined.
cmake_policy(PUSH)
cmake_policy(VERSION 3.21...4.0)

include("${CMAKE_CURRENT_LIST_DIR}/private/errors.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/arguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/paths.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/python.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/cross_compiling.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/sources.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/module_options.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/windows.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/runtime.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/transpiler_rule.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/private/module_target.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/add_cython_ufunc_module.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/add_cython_shared_utility.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/cython_ufunc_transpile.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/cython_ufunc_expand_templates.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/cython_ufunc_add_import_test.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/cython_ufunc_add_audit_test.cmake")

cmake_policy(POP)
