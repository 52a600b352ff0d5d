# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: cython_ufunc_expand_templates

  Expands Tempita templates, such as ``fastmath.pyx.in``, when the project is built.

  .. code-block:: cmake

    cython_ufunc_expand_templates(<variable> <file.in> ...
      [DEFINE <name>=<value> ...]
      [DEPENDS <file|target> ...]
      [OUTPUT_DIRECTORY <dir>])

  Sets ``<variable>`` to the files made: each has its template's name without ``.in`` or ``.tp``, and is at the place in the
  build directory that the template has in the source directory. The Tempita is the one that comes with Cython.

  A ``.pyx.in`` among the sources of :cmake:command:`add_cython_ufunc_module` needs no call of this function. It is for
  ``.pxd.in`` and ``.pxi.in``, whose files the module ``DEPENDS`` on, and for templates with definitions.

  ``DEFINE``
    Names that the templates have, and their values, which are strings there. Default: none.

  ``DEPENDS``
    Files and targets that have to be up to date before. Default: none.

  ``OUTPUT_DIRECTORY``
    Where the files are made. Default: see above.

  Since 0.1.
#]=======================================================================]
function(cython_ufunc_expand_templates variable)
    set(caller "cython_ufunc_expand_templates(${variable})")
    set(single OUTPUT_DIRECTORY)
    set(multiple DEFINE DEPENDS)
    _cython_ufunc_parse_arguments(caller 1 "" "${single}" "${multiple}")
    _cython_ufunc_check_directories("${caller}")
    _cython_ufunc_check_depends("${caller}" "${_cython_ufunc_DEPENDS}")
    if(NOT _cython_ufunc_UNPARSED_ARGUMENTS)
        _cython_ufunc_fail("${caller}" "no template among its arguments. Give one, such as fastmath.pyx.in.")
    endif()
    foreach(definition IN LISTS _cython_ufunc_DEFINE)
        if(NOT definition MATCHES "^[A-Za-z_][A-Za-z_0-9]*=")
            _cython_ufunc_fail(
                "${caller}"
                "DEFINE '${definition}' is not of the form <name>=<value>, such as WIDTH=8. Correct it."
            )
        endif()
    endforeach()
    set(outputs "")
    foreach(template IN LISTS _cython_ufunc_UNPARSED_ARGUMENTS)
        _cython_ufunc_expand_template(
            output
            "${caller}"
            "${template}"
            "${_cython_ufunc_OUTPUT_DIRECTORY}"
            "${_cython_ufunc_DEFINE}"
            "${_cython_ufunc_DEPENDS}"
        )
        list(APPEND outputs "${output}")
    endforeach()
    set(${variable} "${outputs}" PARENT_SCOPE)
endfunction()

# Adds the rule that expands <template>, which <definitions> are given to, in <directory> (or "": where the public function
# says), and sets <out> to the file it makes. <depends> are as given.
function(
    _cython_ufunc_expand_template
    out
    caller
    template
    directory
    definitions
    depends
)
    if(NOT template MATCHES "\\.(in|tp)$")
        _cython_ufunc_fail(
            "${caller}"
            "'${template}' is not a template: its name ends in neither .in nor .tp. Rename it, or leave it out."
        )
    endif()
    _cython_ufunc_find_source(path "${caller}" "${template}")
    _cython_ufunc_get_python(python "${caller}" FALSE)
    string(REGEX REPLACE "\\.(in|tp)$" "" name "${path}")
    cmake_path(IS_PREFIX CMAKE_CURRENT_SOURCE_DIR "${path}" NORMALIZE is_below)
    if(is_below)
        cmake_path(RELATIVE_PATH name BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
    else()
        cmake_path(GET name FILENAME name)
    endif()
    if(directory STREQUAL "" AND CMAKE_CURRENT_SOURCE_DIR STREQUAL CMAKE_CURRENT_BINARY_DIR)
        set(directory cython_ufunc/expanded) # else templates that lie here would be expanded beside themselves
    endif()
    cmake_path(ABSOLUTE_PATH directory BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
    set(output "${directory}/${name}")
    if("${output}.in" STREQUAL path OR "${output}.tp" STREQUAL path)
        _cython_ufunc_fail(
            "${caller}"
            "'${template}' would be expanded beside itself. Give an OUTPUT_DIRECTORY, or build in another directory."
        )
    endif()
    get_source_file_property(generated "${output}" GENERATED)
    if(generated)
        # Two modules may have one template, and one that was expanded before with definitions.
        get_source_file_property(made_from "${output}" _CYTHON_UFUNC_TEMPLATE)
        get_source_file_property(known "${output}" _CYTHON_UFUNC_DEFINITIONS)
        if(NOT made_from STREQUAL path OR (definitions AND NOT known STREQUAL " ${definitions}"))
            _cython_ufunc_fail(
                "${caller}"
                "'${template}' expands to ${output}, which another template, other definitions or another rule make already. Give "
                "another OUTPUT_DIRECTORY."
            )
        endif()
    else()
        get_property(executable TARGET ${python} PROPERTY PYTHON_EXECUTABLE)
        _cython_ufunc_get_transpiler(transpiler)
        set_source_files_properties("${output}" PROPERTIES _CYTHON_UFUNC_DEFINITIONS " ${definitions}")
        list(TRANSFORM definitions PREPEND "--define=")
        add_custom_command(
            OUTPUT "${output}"
            COMMAND "${executable}" "${transpiler}" template "${path}" "--output=${output}" ${definitions}
            DEPENDS "${path}" "${transpiler}" ${depends}
            COMMENT "Expanding ${template}"
            VERBATIM
        )
    endif()
    set_source_files_properties("${output}" PROPERTIES GENERATED TRUE _CYTHON_UFUNC_TEMPLATE "${path}")
    set(${out} "${output}" PARENT_SCOPE)
endfunction()

# Sets <out> to the folders of the template of <source>, the module <module_name>: its own, and the one that its packages
# start in. An expanded file is elsewhere, but means what is beside its template.
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
