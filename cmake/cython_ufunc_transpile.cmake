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
    cmake_parse_arguments(PARSE_ARGV 1 arg "${options}" "${single}" "${multiple}")
    _cython_ufunc_check_keywords(
        "${caller}"
        "${arg_KEYWORDS_MISSING_VALUES}"
        "${single};${options}"
        "${multiple}"
        "${ARGN}"
    )
    _cython_ufunc_check_directories("${caller}")
    _cython_ufunc_sort_sources("${caller}" "${options};${single};${multiple}" ${arg_UNPARSED_ARGUMENTS})
    set(others ${helper_sources} ${object_libraries})
    if(others)
        string(REPLACE ";" ", " others "${others}")
        _cython_ufunc_fail(
            "${caller}"
            "'${others}' is not a Cython source. Give it to the target that gets the transpiled ones."
        )
    endif()
    cmake_path(GET module_source STEM LAST_ONLY default_name)
    _cython_ufunc_examine_module("${caller}" "${default_name}")
    if(need_numpy)
        _cython_ufunc_get_runtime(runtime "${caller}" "")
    endif()

    set(directory "${CMAKE_CURRENT_BINARY_DIR}/cython_ufunc/${module_name}")
    if(DEFINED arg_OUTPUT_DIRECTORY)
        cmake_path(
            ABSOLUTE_PATH arg_OUTPUT_DIRECTORY
            BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
            NORMALIZE
            OUTPUT_VARIABLE directory
        )
        if(EXISTS "${directory}" AND NOT IS_DIRECTORY "${directory}")
            _cython_ufunc_fail(
                "${caller}"
                "OUTPUT_DIRECTORY '${arg_OUTPUT_DIRECTORY}' is a file, not a directory: ${directory}. Give another."
            )
        endif()
    endif()
    _cython_ufunc_transpile_module(sources "${directory}")
    set(${variable} "${sources}" PARENT_SCOPE)
endfunction()
