# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: cython_ufunc_add_import_test

  Adds a CTest test that imports a module in a fresh interpreter, and runs code with it.

  .. code-block:: cmake

    cython_ufunc_add_import_test(<target>
      [NAME <test>]
      [CODE <python>]
      [FILE <script.py>]
      [MODULES <target> ...]
      [PYTHONPATH <dir> ...])

  The test imports the module of ``<target>`` (made by :cmake:command:`add_cython_ufunc_module`) by its qualified name,
  from where it was built, and passes when that and the code raise nothing. Packages around it need not be built or
  installed: those found on the path are used, the others are made up. In a cross build the test runs
  ``CYTHON_UFUNC_TARGET_PYTHON`` through ``CMAKE_CROSSCOMPILING_EMULATOR``; without the former it is disabled.

  ``NAME``
    The test's name. Default: ``import.<module name>``. Since 0.1.

  ``CODE``
    Python code to run after the import, with the top-level package (or the module) bound to its name. Since 0.1.

  ``FILE``
    A Python script to run after the import and ``CODE``. Since 0.1.

  ``MODULES``
    Other module targets of the build that the code, or the module, imports. Since 0.1.

  ``PYTHONPATH``
    Folders to import other things from. Since 0.1.
#]=======================================================================]
function(cython_ufunc_add_import_test target)
    set(caller "cython_ufunc_add_import_test(${target})")
    set(single NAME CODE FILE)
    set(multiple MODULES PYTHONPATH)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "${single}" "${multiple}")
    _cython_ufunc_check_keywords("${caller}" "${arg_KEYWORDS_MISSING_VALUES}" "${single}" "${multiple}" "${ARGN}")
    foreach(argument IN LISTS arg_UNPARSED_ARGUMENTS)
        _cython_ufunc_check_not_keyword("${caller}" "${argument}" ${single} ${multiple})
        string(REPLACE ";" ", " known "${single};${multiple}")
        _cython_ufunc_fail(
            "${caller}"
            "unexpected argument '${argument}'. Put a keyword before it; known are: ${known}."
        )
    endforeach()
    set(command "")
    set(utilities "")
    foreach(module IN ITEMS "${target}" LISTS arg_MODULES)
        if(NOT TARGET "${module}")
            _cython_ufunc_fail(
                "${caller}"
                "there is no target '${module}'. Correct the name, or add it before with add_cython_ufunc_module()."
            )
        endif()
        get_target_property(name ${module} _CYTHON_UFUNC_MODULE_NAME)
        get_target_property(type ${module} TYPE)
        if(NOT name OR NOT type STREQUAL "MODULE_LIBRARY")
            _cython_ufunc_fail(
                "${caller}"
                "the target ${module} (${type}) is not a module that Python can import. Give a target made by "
                "add_cython_ufunc_module(), without STATIC."
            )
        endif()
        list(APPEND command "--module=${name}=$<TARGET_FILE:${module}>")
        get_target_property(utility ${module} _CYTHON_UFUNC_SHARED_UTILITY)
        if(utility)
            list(APPEND utilities ${utility})
        endif()
    endforeach()
    list(REMOVE_DUPLICATES utilities)
    foreach(utility IN LISTS utilities)
        get_target_property(name ${utility} _CYTHON_UFUNC_MODULE_NAME)
        list(APPEND command "--module=${name}=$<TARGET_FILE:${utility}>")
    endforeach()
    get_target_property(module_name ${target} _CYTHON_UFUNC_MODULE_NAME)
    _cython_ufunc_get_directories(python_path "${caller}" PYTHONPATH)
    list(TRANSFORM python_path PREPEND "--path=" OUTPUT_VARIABLE path_arguments)
    list(APPEND command ${path_arguments})
    if(DEFINED arg_FILE)
        _cython_ufunc_find_source(file "${caller}" "${arg_FILE}")
        list(APPEND command "--file=${file}")
    endif()
    if(NOT DEFINED arg_NAME)
        set(arg_NAME "import.${module_name}")
    endif()
    if(TEST "${arg_NAME}")
        _cython_ufunc_fail("${caller}" "the test ${arg_NAME} exists already. Give this one another NAME.")
    endif()
    _cython_ufunc_get_python("${caller}" FALSE)
    _cython_ufunc_get_test_launcher(launcher "${python_executable}")
    get_property(transpiler GLOBAL PROPERTY _CYTHON_UFUNC_TRANSPILER)
    add_test(
        NAME "${arg_NAME}"
        COMMAND ${launcher} "${transpiler}" import-test ${command} "--code=${arg_CODE}"
    )
    if(NOT launcher)
        message(STATUS "${caller}: disabled in this cross build, as CYTHON_UFUNC_TARGET_PYTHON is not set")
        set_tests_properties("${arg_NAME}" PROPERTIES DISABLED ON)
    endif()
endfunction()
