# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: cython_ufunc_expand_templates

  Expands Tempita templates, such as ``fastmath.pyx.in``, when the project is built.

  .. code-block:: cmake

    cython_ufunc_expand_templates(<variable> <file.in> ...
      [DEFINE <name>=<value> ...]
      [DEPENDS <file|target> ...]
      [OUTPUT_DIRECTORY <dir>])

  Sets ``<variable>`` to the files made: each has its template's name without ``.in`` or ``.tp``, and lies in the build
  directory where the template lies in the source directory. The Tempita is the one that comes with Cython.

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
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "${single}" "${multiple}")
    _cython_ufunc_check_keywords(
        "${caller}"
        "${arg_KEYWORDS_MISSING_VALUES}"
        "${single}"
        "${multiple}"
        "${ARGN}"
    )
    _cython_ufunc_check_directories("${caller}")
    _cython_ufunc_check_depends("${caller}")
    if(NOT arg_UNPARSED_ARGUMENTS)
        _cython_ufunc_fail("${caller}" "no template among its arguments. Give one, such as fastmath.pyx.in.")
    endif()
    foreach(definition IN LISTS arg_DEFINE)
        if(NOT definition MATCHES "^[A-Za-z_][A-Za-z_0-9]*=")
            _cython_ufunc_fail(
                "${caller}"
                "DEFINE '${definition}' is not of the form <name>=<value>, such as WIDTH=8. Correct it."
            )
        endif()
    endforeach()
    set(outputs "")
    foreach(template IN LISTS arg_UNPARSED_ARGUMENTS)
        _cython_ufunc_expand_template(output "${caller}" "${template}")
        list(APPEND outputs "${output}")
    endforeach()
    set(${variable} "${outputs}" PARENT_SCOPE)
endfunction()
