# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: cython_ufunc_transpile

  The transpile step alone, for a target that the project makes itself.

  .. code-block:: cmake

    cython_ufunc_transpile(<variable> <module.pyx>
      [MODULE_NAME <dotted.name>]
      [LANGUAGE C|CXX]
      [DIRECTIVES <name>=<value> ...]
      [CYTHON_ARGS <arg> ...]
      [INCLUDE_DIRECTORIES <dir> ...]
      [DEPENDS <file|target> ...]
      [NO_NUMPY] [ANNOTATE] [LINE_DIRECTIVES]
      [SHARED_UTILITY <target>|NONE]
      [OUTPUT_DIRECTORY <dir>])

  Sets ``<variable>`` to the sources made: the body, the init shim, the headers if any, and a stamp file that ties them
  to their rule. Give all of them to one target of the same directory, and link that to ``CythonUfunc::runtime``, which
  brings NumPy's and Python's headers along:

  .. code-block:: cmake

    cython_ufunc_transpile(sources fastmath.pyx)
    Python_add_library(fastmath MODULE WITH_SOABI ${sources} helper.cpp)
    target_link_libraries(fastmath PRIVATE CythonUfunc::runtime)

  The keywords mean what they mean for :cmake:command:`add_cython_ufunc_module`, but:

  ``MODULE_NAME``
    Default: the name of the file, without its extension.

  ``OUTPUT_DIRECTORY``
    Where the sources are made. Default: ``cython_ufunc/<module name>`` in the current build directory.

  Since 0.1.
#]=======================================================================]
function(cython_ufunc_transpile variable)
    set(caller "cython_ufunc_transpile(${variable})")
    if(variable MATCHES "\\.(pyx|py)$")
        _cython_ufunc_fail(
            "${caller}"
            "its first argument is the name of a variable, but '${variable}' is that of a Cython source. Give a name "
            "before it."
        )
    endif()
    set(options NO_NUMPY ANNOTATE LINE_DIRECTIVES)
    set(single MODULE_NAME LANGUAGE SHARED_UTILITY OUTPUT_DIRECTORY)
    set(multiple DIRECTIVES CYTHON_ARGS INCLUDE_DIRECTORIES DEPENDS)
    _cython_ufunc_parse_arguments(caller 1 "${options}" "${single}" "${multiple}")
    set(depends ${_cython_ufunc_DEPENDS})
    _cython_ufunc_check_directories("${caller}")
    set(keywords ${options} ${single} ${multiple})
    _cython_ufunc_sort_sources(helpers "${caller}" "${keywords}" ${_cython_ufunc_UNPARSED_ARGUMENTS})
    list(POP_FRONT helpers source)
    if(helpers)
        string(REPLACE ";" ", " helpers "${helpers}")
        _cython_ufunc_fail(
            "${caller}"
            "'${helpers}' is not a Cython source. Give it to the target that gets the transpiled ones."
        )
    endif()
    _cython_ufunc_get_need_numpy(need_numpy "${caller}" ${_cython_ufunc_NO_NUMPY})
    _cython_ufunc_get_python(python "${caller}" ${need_numpy})
    if(source MATCHES "\\.(in|tp)$")
        _cython_ufunc_expand_template(source "${caller}" "${source}" "" "" "${depends}")
    endif()
    cmake_path(GET source STEM LAST_ONLY default_name)
    _cython_ufunc_get_module_name(module_name "${caller}" "${_cython_ufunc_MODULE_NAME}" "${default_name}" "${source}")
    _cython_ufunc_get_shared_utility(utility "${caller}" "${_cython_ufunc_SHARED_UTILITY}" "")
    _cython_ufunc_get_directories(
        include_directories
        "${caller}"
        INCLUDE_DIRECTORIES
        "${_cython_ufunc_INCLUDE_DIRECTORIES}"
    )
    _cython_ufunc_get_template_directories(template_directories "${source}" "${module_name}")
    list(APPEND include_directories ${template_directories})
    if(need_numpy)
        _cython_ufunc_get_runtime(runtime ${python} "")
    endif()

    set(directory "${CMAKE_CURRENT_BINARY_DIR}/cython_ufunc/${module_name}")
    if(DEFINED _cython_ufunc_OUTPUT_DIRECTORY)
        cmake_path(
            ABSOLUTE_PATH _cython_ufunc_OUTPUT_DIRECTORY
            BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
            NORMALIZE
            OUTPUT_VARIABLE directory
        )
        if(EXISTS "${directory}" AND NOT IS_DIRECTORY "${directory}")
            _cython_ufunc_fail(
                "${caller}"
                "OUTPUT_DIRECTORY '${_cython_ufunc_OUTPUT_DIRECTORY}' is a file, not a directory: ${directory}. Give another."
            )
        endif()
    endif()
    _cython_ufunc_transpile(
        sources
        "${caller}"
        ${python}
        "${source}"
        "${module_name}"
        "${directory}"
        LANGUAGE "${_cython_ufunc_LANGUAGE}"
        SHARED_UTILITY "${utility}"
        OPTIONS ${_cython_ufunc_GIVEN}
        DIRECTIVES ${_cython_ufunc_DIRECTIVES}
        CYTHON_ARGS ${_cython_ufunc_CYTHON_ARGS}
        INCLUDE_DIRECTORIES ${include_directories}
        DEPENDS ${depends}
    )
    set(${variable} "${sources}" PARENT_SCOPE)
endfunction()
