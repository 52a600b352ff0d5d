# SPDX-License-Identifier: BSD-3-Clause
# Tempita templates of Cython sources.

# Adds the rule that expands <template>, and sets <out> to the file it makes. Reads arg_DEFINE, arg_DEPENDS and
# arg_OUTPUT_DIRECTORY of the caller.
function(_cython_ufunc_expand_template out caller template)
    if(NOT template MATCHES "\\.(in|tp)$")
        _cython_ufunc_fail(
            "${caller}"
            "'${template}' is not a template: its name ends in neither .in nor .tp. Rename it, or leave it out."
        )
    endif()
    _cython_ufunc_find_source(path "${caller}" "${template}")
    _cython_ufunc_get_python("${caller}" FALSE)
    string(REGEX REPLACE "\\.(in|tp)$" "" name "${path}")
    cmake_path(IS_PREFIX CMAKE_CURRENT_SOURCE_DIR "${path}" NORMALIZE is_below)
    if(is_below)
        cmake_path(RELATIVE_PATH name BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
    else()
        cmake_path(GET name FILENAME name)
    endif()
    set(directory "${CMAKE_CURRENT_BINARY_DIR}")
    if(DEFINED arg_OUTPUT_DIRECTORY)
        set(directory "${arg_OUTPUT_DIRECTORY}")
    endif()
    cmake_path(ABSOLUTE_PATH directory BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
    set(output "${directory}/${name}")
    if("${output}.in" STREQUAL path OR "${output}.tp" STREQUAL path)
        _cython_ufunc_fail(
            "${caller}"
            "'${template}' would be expanded beside itself. Give an OUTPUT_DIRECTORY, or build in another directory."
        )
    endif()
    get_property(transpiler GLOBAL PROPERTY _CYTHON_UFUNC_TRANSPILER)
    list(TRANSFORM arg_DEFINE PREPEND "--define=" OUTPUT_VARIABLE definitions)
    get_source_file_property(generated "${output}" GENERATED)
    if(NOT generated) # two modules may have one template
        add_custom_command(
            OUTPUT "${output}"
            COMMAND "${python_executable}" "${transpiler}" template "${path}" "--output=${output}" ${definitions}
            DEPENDS "${path}" "${transpiler}" ${arg_DEPENDS}
            COMMENT "Expanding ${template}"
            VERBATIM
        )
    endif()
    set_source_files_properties("${output}" PROPERTIES GENERATED TRUE _CYTHON_UFUNC_TEMPLATE "${path}")
    set(${out} "${output}" PARENT_SCOPE)
endfunction()

# Sets <out> to the file that says what <source> will: its template, or the source itself.
function(_cython_ufunc_get_text_of out source)
    get_source_file_property(template "${source}" _CYTHON_UFUNC_TEMPLATE)
    if(NOT template)
        set(template "${source}")
    endif()
    set(${out} "${template}" PARENT_SCOPE)
endfunction()

# Sets <out> to the folders of the template of <source>, the module <module_name>: its own, and the one that its packages
# start in. An expanded file lies elsewhere, but means what lies beside its template.
function(_cython_ufunc_get_template_directories out source module_name)
    set(${out} "" PARENT_SCOPE)
    _cython_ufunc_get_text_of(template "${source}")
    if(template STREQUAL source)
        return()
    endif()
    cmake_path(GET template PARENT_PATH folder)
    set(folders "${folder}")
    string(REPLACE "." "/" relative "${module_name}")
    string(REGEX REPLACE "\\.[a-z]+\\.(in|tp)$" "" stem "${template}")
    string(LENGTH "/${relative}" length)
    string(LENGTH "${stem}" whole)
    if(whole GREATER length)
        math(EXPR rest "${whole} - ${length}")
        string(SUBSTRING "${stem}" ${rest} -1 ending)
        string(SUBSTRING "${stem}" 0 ${rest} root)
        if(ending STREQUAL "/${relative}" AND NOT root STREQUAL folder)
            list(PREPEND folders "${root}")
        endif()
    endif()
    set(${out} "${folders}" PARENT_SCOPE)
endfunction()
