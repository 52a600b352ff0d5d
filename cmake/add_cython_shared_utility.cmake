# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: add_cython_shared_utility

  Adds a shared utility module: Cython's own code, compiled once for all modules of a package.

  .. code-block:: cmake

    add_cython_shared_utility(<target>
      [MODULE_NAME <dotted.name>]
      [LANGUAGE C|CXX]
      [STABLE_ABI <x.y>]
      [INSTALL_DIR <dir>] [COMPONENT <name>])

  Without it, every module that has a memoryview gets some 20,000 lines of Cython's code of its own. With it, the
  modules import that code from one module, so that they are compiled several times faster and are several times
  smaller. Call it before the modules, and give its target to each as ``SHARED_UTILITY``, or to all that follow:

  .. code-block:: cmake

    add_cython_shared_utility(mypkg_cyutility MODULE_NAME mypkg._cyutility INSTALL_DIR mypkg)
    set(CYTHON_UFUNC_SHARED_UTILITY mypkg_cyutility)

    add_cython_ufunc_module(fastmath fastmath.pyx MODULE_NAME mypkg.fastmath INSTALL_DIR mypkg)

  The modules import it by its name: install it where that leads, in the package that they are in. Needs Cython 3.2.
  With an older one a line says so, the modules keep code of their own, and the module made here is empty.

  ``<target>`` is an ordinary target of type ``MODULE``. With GCC and Clang it is compiled for size (``-Os``) in the
  configurations ``Release`` and ``RelWithDebInfo``; ``target_compile_options()`` can change that.

  ``MODULE_NAME``
    The qualified name the module is imported by. Default: ``<target>``. Since 0.1.

  ``LANGUAGE``
    What it is compiled as: ``C`` or ``CXX``. Its modules may be in the other. Default: ``C`` when that language is
    enabled, else ``CXX``. Since 0.1.

  ``STABLE_ABI``
    As for :cmake:command:`add_cython_ufunc_module`; the modules must have the same. Since 0.1.

  ``INSTALL_DIR``, ``COMPONENT``
    Installs the module there, as part of that component. Default: not installed. Since 0.1.
#]=======================================================================]
function(add_cython_shared_utility target)
    set(caller "add_cython_shared_utility(${target})")
    set(single
        MODULE_NAME
        LANGUAGE
        STABLE_ABI
        INSTALL_DIR
        COMPONENT
    )
    _cython_ufunc_parse_arguments(caller 1 "" "${single}" "")
    foreach(argument IN LISTS _cython_ufunc_UNPARSED_ARGUMENTS)
        _cython_ufunc_check_not_keyword("${caller}" "${argument}" ${single})
        string(REPLACE ";" ", " known "${single}")
        _cython_ufunc_fail(
            "${caller}"
            "unexpected argument '${argument}': it has no sources. Put a keyword before it; known are: ${known}."
        )
    endforeach()
    _cython_ufunc_check_new_target("${caller}" "${target}")
    _cython_ufunc_check_directories("${caller}")
    _cython_ufunc_get_module_name(module_name "${caller}" "${_cython_ufunc_MODULE_NAME}" "${target}" "")
    _cython_ufunc_get_language(language "${caller}" "${_cython_ufunc_LANGUAGE}" "" "")
    _cython_ufunc_get_python(python "${caller}" FALSE)
    _cython_ufunc_get_stable_abi(stable_abi "${caller}" "${_cython_ufunc_STABLE_ABI}")
    _cython_ufunc_check_stable_abi("${caller}" "${stable_abi}" "${_cython_ufunc_STABLE_ABI}" ${python} FALSE)
    get_property(cython TARGET ${python} PROPERTY CYTHON_VERSION)
    if(cython VERSION_LESS 3.2)
        message(STATUS "${caller}: Cython ${cython} has no shared utility module (3.2 has); an empty one is built")
    endif()

    string(REGEX REPLACE ".*\\." "" stem "${module_name}")
    set(base "${CMAKE_CURRENT_BINARY_DIR}/cython_ufunc/${target}/${stem}")
    set(body "${base}.c")
    if(language STREQUAL "CXX")
        set(body "${base}.cpp")
    endif()
    _cython_ufunc_get_limited_api_argument(limited_api "${stable_abi}")
    _cython_ufunc_add_transpiler_rule(
        "${base}"
        shared-utility
        "--module-name=${module_name}\n--body=${body}\n${limited_api}"
        PYTHON ${python}
        COMMENT "Generating the shared utility module ${module_name}"
        BYPRODUCTS "${body}"
    )
    _cython_ufunc_set_properties_of_generated("${body}")
    add_library(${target} MODULE "${base}.stamp" "${body}")
    _cython_ufunc_place_module(${target} "${caller}" ${python} "${module_name}" "${stable_abi}")
    _cython_ufunc_link_module(${target} ${python} "${stable_abi}" "")
    _cython_ufunc_compile_for_size(${target} ${language})
    set_target_properties(${target} PROPERTIES _CYTHON_UFUNC_IS_SHARED_UTILITY TRUE)
    _cython_ufunc_install_module(
        ${target}
        "${caller}"
        "${_cython_ufunc_INSTALL_DIR}"
        "${_cython_ufunc_COMPONENT}"
        ""
    )
endfunction()

# Sets <out> to the target of the shared utility module of a module with the stable ABI <stable_abi>, or "": <given> as
# SHARED_UTILITY, else the variable CYTHON_UFUNC_SHARED_UTILITY; to "" without one.
function(_cython_ufunc_get_shared_utility out caller given stable_abi)
    set(${out} "" PARENT_SCOPE)
    set(target "${CYTHON_UFUNC_SHARED_UTILITY}")
    set(what "the variable CYTHON_UFUNC_SHARED_UTILITY is")
    if(NOT given STREQUAL "")
        set(target "${given}")
        set(what "SHARED_UTILITY is")
    endif()
    if(target MATCHES "^(|NONE)$")
        return()
    endif()
    set(known FALSE)
    if(TARGET "${target}")
        get_property(known TARGET "${target}" PROPERTY _CYTHON_UFUNC_IS_SHARED_UTILITY)
    endif()
    if(NOT known)
        _cython_ufunc_fail(
            "${caller}"
            "${what} '${target}', which is not a target made by add_cython_shared_utility(). Call that before, or "
            "give NONE."
        )
    endif()
    get_property(abi TARGET "${target}" PROPERTY _CYTHON_UFUNC_STABLE_ABI)
    if(NOT abi STREQUAL stable_abi)
        set(wanted "STABLE_ABI ${stable_abi}")
        if(stable_abi STREQUAL "")
            set(wanted "no STABLE_ABI")
        endif()
        _cython_ufunc_fail(
            "${caller}"
            "${what} '${target}', which is compiled for another ABI (STABLE_ABI '${abi}'); this module has ${wanted}. "
            "Give both the same, or SHARED_UTILITY NONE."
        )
    endif()
    set(${out} "${target}" PARENT_SCOPE)
endfunction()

# Sets <out> to the transpiler's argument that says whether a shared utility module is for a stable ABI.
function(_cython_ufunc_get_limited_api_argument out stable_abi)
    set(${out} "--limited-api=yes" PARENT_SCOPE)
    if(stable_abi STREQUAL "")
        set(${out} "--limited-api=no" PARENT_SCOPE)
    endif()
endfunction()

# Has the build of <target> alone bring its shared utility module up to date too, without waiting for it earlier than
# at its own last step.
function(_cython_ufunc_use_shared_utility target utility)
    set_target_properties(${target} PROPERTIES _CYTHON_UFUNC_SHARED_UTILITY "${utility}")
    get_target_property(type ${target} TYPE)
    if(CMAKE_GENERATOR MATCHES "Ninja" AND type STREQUAL "MODULE_LIBRARY")
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "$<TARGET_FILE:${utility}>")
    else()
        add_dependencies(${target} ${utility})
    endif()
endfunction()
