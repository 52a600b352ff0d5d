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
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "${single}" "")
    _cython_ufunc_check_keywords("${caller}" "${arg_KEYWORDS_MISSING_VALUES}" "${single}" "" "${ARGN}")
    foreach(argument IN LISTS arg_UNPARSED_ARGUMENTS)
        _cython_ufunc_check_not_keyword("${caller}" "${argument}" ${single})
        string(REPLACE ";" ", " known "${single}")
        _cython_ufunc_fail(
            "${caller}"
            "unexpected argument '${argument}': it has no sources. Put a keyword before it; known are: ${known}."
        )
    endforeach()
    _cython_ufunc_check_new_target("${caller}" "${target}")
    _cython_ufunc_check_directories("${caller}")
    _cython_ufunc_use_stable_abi_of_wheel("${caller}")
    _cython_ufunc_get_module_name(module_name "${caller}" "${target}" "")
    set(arg_NO_NUMPY TRUE) # it has none, and no shim
    _cython_ufunc_get_language(language ignored "${caller}" "")
    _cython_ufunc_get_python("${caller}" FALSE)
    _cython_ufunc_get_fact(cython_version "${caller}" "${python_executable}" CYTHON_VERSION)
    _cython_ufunc_get_fact(cython_path "${caller}" "${python_executable}" CYTHON_PATH)
    _cython_ufunc_check_stable_abi("${caller}")
    if(cython_version VERSION_LESS 3.2)
        message(
            STATUS
            "${caller}: Cython ${cython_version} has no shared utility module (3.2 has); an empty one is built"
        )
    endif()

    string(REGEX REPLACE ".*\\." "" stem "${module_name}")
    set(base "${CMAKE_CURRENT_BINARY_DIR}/cython_ufunc/${target}/${stem}")
    set(extension c)
    if(language STREQUAL "CXX")
        set(extension cpp)
    endif()
    set(limited_api no)
    if(DEFINED arg_STABLE_ABI)
        set(limited_api yes)
    endif()
    _cython_ufunc_add_transpiler_rule(
        "${base}"
        shared-utility
        "--module-name=${module_name}\n--body=${base}.${extension}\n--limited-api=${limited_api}"
        EXECUTABLE "${python_executable}"
        CONFIGURED_FOR "Cython ${cython_version} at ${cython_path}, Python at ${python_executable}"
        COMMENT "Generating the shared utility module ${module_name}"
        BYPRODUCTS "${base}.${extension}"
    )
    _cython_ufunc_set_properties_of_generated("${base}.${extension}")
    add_library(${target} MODULE "${base}.stamp" "${base}.${extension}")
    _cython_ufunc_place_module(${target} "${caller}" "${module_name}")
    _cython_ufunc_link_module(${target} "${caller}")
    _cython_ufunc_compile_for_size(${target} ${language})
    set_target_properties(
        ${target}
        PROPERTIES _CYTHON_UFUNC_SHARED_UTILITY_OF "${module_name}" _CYTHON_UFUNC_STABLE_ABI "${arg_STABLE_ABI}"
    )
    _cython_ufunc_install_module(${target} "${caller}")
endfunction()
