# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: add_cython_ufunc_module

  Adds an extension module made from one Cython source and any number of helper sources.

  .. code-block:: cmake

    add_cython_ufunc_module(<target>
      <module.pyx> [<helper.c|.cpp|.h|.hpp|object library> ...]
      [MODULE_NAME <dotted.name>]
      [LANGUAGE C|CXX]
      [DIRECTIVES <name>=<value> ...]
      [CYTHON_ARGS <arg> ...]
      [INCLUDE_DIRECTORIES <dir> ...]
      [DEPENDS <file|target> ...]
      [NUMPY_TARGET_VERSION <x.y>]
      [NO_NUMPY]
      [SHARED_UTILITY <target>|NONE]
      [STABLE_ABI <x.y>] [FREE_THREADED] [STATIC]
      [ANNOTATE] [COVERAGE] [LINE_DIRECTIVES] [OPENMP]
      [STUB <file.pyi>|GENERATE]
      [INSTALL_DIR <dir>] [COMPONENT <name>])

  ``<target>`` is an ordinary target (of type ``MODULE``, or ``STATIC``): ``target_link_libraries()``,
  ``target_compile_definitions()``, sanitizers, link-time optimisation and compiler launchers work on it as on any
  other. It starts in a generated init shim, which imports NumPy's array API, then its ufunc API, checks both, and only
  then runs the code that Cython generated. NumPy's C API can be used in every helper, with no import of its own.

  The sources come before the first keyword. Relative paths start at the current source directory; sources made by a
  rule are looked up in the current build directory too. Exactly one source is Cython's: a ``.pyx``, or a ``.py`` in
  pure Python mode; or a Tempita template of one, ``.pyx.in`` or ``.py.in`` (or ``.tp``)
  (:cmake:command:`cython_ufunc_expand_templates`). An object library is compiled with NumPy's tables declared, like a helper.

  ``MODULE_NAME``
    The qualified name the module is imported by. Its last component names the file and the ``PyInit_`` function; the
    packages before it are the folder below the build directory. Default: ``<target>``. For an ``__init__.pyx`` it is
    the package's name, with or without ``.__init__``. Since 0.1.

  ``LANGUAGE``
    What Cython translates to: ``C`` or ``CXX``. Default: what the source's ``# distutils: language`` says, else ``C``
    when that language is enabled, else ``CXX``. Since 0.1.

  ``DIRECTIVES``
    Cython directives for the whole module, such as ``boundscheck=False``: Cython's ``-X``. Names and values are
    checked at configure time. Default: none. Since 0.1.

  ``CYTHON_ARGS``
    Further arguments of the ``cython`` command. Generator expressions are allowed. Options that the build sets itself
    (``-o``, ``--module-name``, ``-+``, ``-M`` …) are refused. Default: none. Since 0.1.

  ``INCLUDE_DIRECTORIES``
    Where ``cimport`` and ``include`` look, after the source's own package. Default: none. Since 0.1.

  ``DEPENDS``
    Files and targets that have to be up to date before Cython runs, such as generated ``.pxd`` files. Files that Cython
    reads are found by themselves. Default: none. Since 0.1.

  ``NUMPY_TARGET_VERSION``
    The oldest NumPy the module must run on, such as ``1.25``: NumPy's ``NPY_TARGET_VERSION``. Needs the headers of
    NumPy 1.25 or newer. Default: NumPy's own. Since 0.1.

  ``NO_NUMPY``
    The module has no NumPy in it: it needs none to be built and imports none. It gets no shim. Since 0.1.

  ``SHARED_UTILITY``
    The target made by :cmake:command:`add_cython_shared_utility` whose module this one imports Cython's own code from;
    ``NONE`` for code of its own. Default: the variable ``CYTHON_UFUNC_SHARED_UTILITY``, else ``NONE``. Since 0.1.

  ``STABLE_ABI``
    Compiles for Python's stable ABI of that version and names the file ``.abi3``. Needs Cython 3.1; with NumPy also
    NumPy 2.0 and ``3.11`` or newer. Default: what ``wheel.py-api`` says in a build by scikit-build-core, else the ABI of
    the Python found. Since 0.1.

  ``FREE_THREADED``
    Declares that the module works without the GIL (the directive ``freethreading_compatible``). Needs Cython 3.1.
    Since 0.1.

  ``STATIC``
    Makes a static library, whose ``PyInit_`` function an executable hands to ``PyImport_AppendInittab()``. Since 0.1.

  ``ANNOTATE``
    Cython writes its annotated report, ``cython_ufunc/<target>/<name>.html`` in the build directory. Since 0.1.

  ``COVERAGE``
    Compiles line tracing in (the directive ``linetrace`` and the macro ``CYTHON_TRACE_NOGIL``), and writes the map of lines
    that cython-ufunc's plugin for ``coverage`` goes by. Not with ``STABLE_ABI``. Since 0.1.

  ``LINE_DIRECTIVES``
    Has the debug information name the lines of the Cython source, for debuggers, profilers and sanitizers. Since 0.1.

  ``OPENMP``
    Compiles and links with OpenMP, which ``prange`` needs to run in parallel. Since 0.1.

  ``STUB``
    The module's type stub, a ``.pyi`` that is put beside it in the build directory and installed with it: a file of yours,
    or ``GENERATE`` for one made from the source. Default: none. Since 0.1.

  ``INSTALL_DIR``, ``COMPONENT``
    Installs the module there, as part of that component. Default: not installed. Since 0.1.

  ``public`` and ``api`` declarations at the left margin of the source, or of the ``.pxd`` beside it, make Cython write
  headers. Other targets of the same build get them by linking to ``<target>::headers``. The module's own sources include
  them, and headers beside the source, by ``#include "..."``: one that is called ``math.h`` does not hide the system's.

  A helper that names NumPy's tables itself (``#define PY_ARRAY_UNIQUE_SYMBOL``, with an import of its own or with
  ``NO_IMPORT_ARRAY``) keeps working unedited: it uses the same tables, under their one name.

  Errors are reported at configure time where they can be known then; each names the argument, what was found and how
  to fix it.
#]=======================================================================]
function(add_cython_ufunc_module target)
    set(caller "add_cython_ufunc_module(${target})")
    set(options
        NO_NUMPY
        FREE_THREADED
        STATIC
        ANNOTATE
        COVERAGE
        LINE_DIRECTIVES
        OPENMP
    )
    set(single
        MODULE_NAME
        LANGUAGE
        NUMPY_TARGET_VERSION
        SHARED_UTILITY
        STABLE_ABI
        STUB
        INSTALL_DIR
        COMPONENT
    )
    set(multiple DIRECTIVES CYTHON_ARGS INCLUDE_DIRECTORIES DEPENDS)
    _cython_ufunc_parse_arguments(caller 1 "${options}" "${single}" "${multiple}")
    set(given ${_cython_ufunc_GIVEN})
    set(depends ${_cython_ufunc_DEPENDS})
    _cython_ufunc_check_new_target("${caller}" "${target}")
    _cython_ufunc_check_directories("${caller}")
    set(keywords ${options} ${single} ${multiple})
    _cython_ufunc_sort_sources(helpers "${caller}" "${keywords}" ${_cython_ufunc_UNPARSED_ARGUMENTS})
    list(POP_FRONT helpers source)
    _cython_ufunc_get_need_numpy(need_numpy "${caller}" ${_cython_ufunc_NO_NUMPY})
    _cython_ufunc_get_python(python "${caller}" ${need_numpy})
    if(source MATCHES "\\.(in|tp)$")
        _cython_ufunc_expand_template(source "${caller}" "${source}" "" "" "${depends}")
    endif()
    _cython_ufunc_get_module_name(module_name "${caller}" "${_cython_ufunc_MODULE_NAME}" "${target}" "${source}")
    _cython_ufunc_get_stable_abi(stable_abi "${caller}" "${_cython_ufunc_STABLE_ABI}")
    _cython_ufunc_check_stable_abi(
        "${caller}"
        "${stable_abi}"
        "${_cython_ufunc_STABLE_ABI}"
        ${python}
        ${need_numpy}
        ${given}
    )
    _cython_ufunc_check_options("${caller}" "${given}" "${_cython_ufunc_DIRECTIVES}" ${python} ${need_numpy})
    _cython_ufunc_get_numpy_target(
        numpy_target
        "${caller}"
        "${_cython_ufunc_NUMPY_TARGET_VERSION}"
        ${python}
        ${need_numpy}
    )
    _cython_ufunc_get_shared_utility(utility "${caller}" "${_cython_ufunc_SHARED_UTILITY}" "${stable_abi}")
    _cython_ufunc_find_stub(stub "${caller}" "${_cython_ufunc_STUB}" ${_cython_ufunc_STATIC})
    _cython_ufunc_get_directories(
        include_directories
        "${caller}"
        INCLUDE_DIRECTORIES
        "${_cython_ufunc_INCLUDE_DIRECTORIES}"
    )
    _cython_ufunc_get_template_directories(template_directories "${source}" "${module_name}")
    list(APPEND include_directories ${template_directories})
    set(directory "${CMAKE_CURRENT_BINARY_DIR}/cython_ufunc/${target}")
    _cython_ufunc_transpile(
        generated
        "${caller}"
        ${python}
        "${source}"
        "${module_name}"
        "${directory}"
        LANGUAGE "${_cython_ufunc_LANGUAGE}"
        SHARED_UTILITY "${utility}"
        OPTIONS ${given}
        DIRECTIVES ${_cython_ufunc_DIRECTIVES}
        CYTHON_ARGS ${_cython_ufunc_CYTHON_ARGS}
        INCLUDE_DIRECTORIES ${include_directories}
        DEPENDS ${depends}
    )

    set(type MODULE)
    if(_cython_ufunc_STATIC)
        set(type STATIC)
    endif()
    add_library(${target} ${type} ${generated})
    set(runtime "")
    if(need_numpy)
        _cython_ufunc_get_runtime(runtime ${python} "${stable_abi}")
    endif()
    _cython_ufunc_place_module(${target} "${caller}" ${python} "${module_name}" "${stable_abi}")
    _cython_ufunc_link_module(${target} ${python} "${stable_abi}" "${runtime}")
    _cython_ufunc_add_helpers(${target} ${python} "${runtime}" ${helpers})
    # A header included by the source is beside it; the headers Cython writes are beside the body.
    cmake_path(GET source PARENT_PATH source_dir)
    _cython_ufunc_include_own_headers(${target} PRIVATE -iquote "${source_dir}" ${template_directories} "${directory}")
    if(numpy_target)
        target_compile_definitions(${target} PRIVATE ${numpy_target})
    endif()
    if(_cython_ufunc_OPENMP)
        _cython_ufunc_link_openmp(${target} "${caller}")
    endif()
    if(utility)
        _cython_ufunc_use_shared_utility(${target} ${utility})
    endif()
    if(generated MATCHES "\\.h(;|>|$)")
        _cython_ufunc_add_headers_target(${target} ${python} "${directory}")
    endif()
    set(stub_file "")
    if(stub)
        _cython_ufunc_add_stub(
            stub_file
            ${target}
            "${caller}"
            ${python}
            "${stub}"
            "${source}"
            "${directory}"
            "${include_directories}"
            "${depends}"
        )
    endif()
    _cython_ufunc_install_module(
        ${target}
        "${caller}"
        "${_cython_ufunc_INSTALL_DIR}"
        "${_cython_ufunc_COMPONENT}"
        "${stub_file}"
    )
endfunction()
