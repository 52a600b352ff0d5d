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
      [NO_NUMPY] [ANNOTATE]
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
    set(options NO_NUMPY ANNOTATE)
    set(single MODULE_NAME LANGUAGE OUTPUT_DIRECTORY)
    set(multiple DIRECTIVES CYTHON_ARGS INCLUDE_DIRECTORIES DEPENDS)
    cmake_parse_arguments(PARSE_ARGV 1 arg "${options}" "${single}" "${multiple}")
    _cython_ufunc_check_keywords(
        "${caller}"
        "${arg_KEYWORDS_MISSING_VALUES}"
        "${single};${options}"
        "${multiple}"
        ${ARGN}
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
    _cython_ufunc_get_module_name(module_name "${caller}" "${default_name}" "${module_source}")
    _cython_ufunc_get_language(language language_was_read "${caller}" "${module_source}")
    set(flags "")
    foreach(flag IN ITEMS NO_NUMPY ANNOTATE)
        if(arg_${flag})
            list(APPEND flags ${flag})
        endif()
    endforeach()
    if(language_was_read)
        list(APPEND flags LANGUAGE_WAS_READ)
    endif()
    set(need_numpy TRUE)
    if(arg_NO_NUMPY)
        set(need_numpy FALSE)
    else()
        _cython_ufunc_check_language("${caller}" CXX "the init shim is C++")
    endif()
    _cython_ufunc_get_python("${caller}" ${need_numpy})
    _cython_ufunc_get_fact(cython_version "${caller}" "${python_executable}" CYTHON_VERSION)
    _cython_ufunc_get_fact(cython_path "${caller}" "${python_executable}" CYTHON_PATH)
    _cython_ufunc_check_cython_options("${caller}" "${python_executable}" "${arg_DIRECTIVES}" "${arg_CYTHON_ARGS}")
    _cython_ufunc_get_directories(include_directories "${caller}" INCLUDE_DIRECTORIES)
    _cython_ufunc_check_depends("${caller}")
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
    endif()
    string(REGEX REPLACE ".*\\." "" stem "${module_name}")
    _cython_ufunc_generated_headers(headers "${module_source}" "${stem}")
    _cython_ufunc_add_transpile_step(
        sources
        "${directory}"
        ${flags}
        SOURCE "${module_source}"
        MODULE_NAME "${module_name}"
        LANGUAGE ${language}
        EXECUTABLE "${python_executable}"
        CONFIGURED_FOR "Cython ${cython_version} at ${cython_path}, Python at ${python_executable}"
        HEADERS ${headers}
        DIRECTIVES ${arg_DIRECTIVES}
        CYTHON_ARGS ${arg_CYTHON_ARGS}
        INCLUDE_DIRECTORIES ${include_directories}
        DEPENDS ${arg_DEPENDS}
    )
    set(${variable} "${sources}" PARENT_SCOPE)
endfunction()
