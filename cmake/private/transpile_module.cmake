# SPDX-License-Identifier: BSD-3-Clause
# What the public functions that transpile a module have in common.

# Finds out what is needed of one module, and checks the arguments that say so. A macro: it reads module_source and
# arg_<KEYWORD> of the calling function, and sets there
#   module_name, language, language_was_read, need_numpy, include_directories, template_directories, cython_version, cython_path
#   shared_utility, shared_utility_module
#   and the variables of _cython_ufunc_get_python()
macro(_cython_ufunc_examine_module caller default_name)
    _cython_ufunc_get_module_name(module_name "${caller}" "${default_name}" "${module_source}")
    _cython_ufunc_get_language(language language_was_read "${caller}" "${module_source}")
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
    _cython_ufunc_get_template_directories(template_directories "${module_source}" "${module_name}")
    list(APPEND include_directories ${template_directories})
    if(numpy_site) # the numpy.pxd that goes with the target's headers
        list(APPEND include_directories "${numpy_site}")
    endif()
    _cython_ufunc_check_depends("${caller}")
    _cython_ufunc_get_shared_utility(shared_utility shared_utility_module "${caller}")
endmacro()

# Adds the rule that transpiles the module examined before into <directory>; sets <out_sources> to what a target
# compiles of it, and `headers` to the names of the headers that Cython writes there. A macro, like the one before.
macro(_cython_ufunc_transpile_module out_sources directory)
    set(flags "")
    foreach(flag IN ITEMS NO_NUMPY ANNOTATE COVERAGE LINE_DIRECTIVES)
        if(arg_${flag})
            list(APPEND flags ${flag})
        endif()
    endforeach()
    if(language_was_read)
        list(APPEND flags LANGUAGE_WAS_READ)
    endif()
    set(limited_api no)
    if(DEFINED arg_STABLE_ABI)
        set(limited_api yes)
    endif()
    string(REGEX REPLACE ".*\\." "" stem "${module_name}")
    _cython_ufunc_generated_headers(headers "${module_source}" "${stem}")
    _cython_ufunc_add_transpile_step(
        ${out_sources}
        "${directory}"
        ${flags}
        SOURCE "${module_source}"
        MODULE_NAME "${module_name}"
        LANGUAGE ${language}
        SHARED_UTILITY
        "${shared_utility_module}"
        LIMITED_API
        ${limited_api}
        EXECUTABLE "${python_executable}"
        CONFIGURED_FOR "Cython ${cython_version} at ${cython_path}, Python at ${python_executable}"
        HEADERS ${headers}
        DIRECTIVES ${arg_DIRECTIVES}
        CYTHON_ARGS ${arg_CYTHON_ARGS}
        INCLUDE_DIRECTORIES ${include_directories}
        DEPENDS ${arg_DEPENDS}
    )
endmacro()
