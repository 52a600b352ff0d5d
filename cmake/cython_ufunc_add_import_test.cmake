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
      [PYTHONPATH <dir> ...]
      [AUDIT])

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

  ``AUDIT``
    Adds :cmake:command:`cython_ufunc_add_audit_test` for the module, too. Since 0.1.
#]=======================================================================]
function(cython_ufunc_add_import_test target)
    set(caller "cython_ufunc_add_import_test(${target})")
    set(options AUDIT)
    set(single NAME CODE FILE)
    set(multiple MODULES PYTHONPATH)
    _cython_ufunc_parse_arguments(caller 1 "${options}" "${single}" "${multiple}")
    foreach(argument IN LISTS _cython_ufunc_UNPARSED_ARGUMENTS)
        _cython_ufunc_check_not_keyword("${caller}" "${argument}" ${options} ${single} ${multiple})
        string(REPLACE ";" ", " known "${single};${multiple};${options}")
        _cython_ufunc_fail(
            "${caller}"
            "unexpected argument '${argument}'. Put a keyword before it; known are: ${known}."
        )
    endforeach()
    set(command "")
    set(utilities "")
    foreach(module IN ITEMS "${target}" LISTS _cython_ufunc_MODULES)
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
    _cython_ufunc_get_directories(python_path "${caller}" PYTHONPATH "${_cython_ufunc_PYTHONPATH}")
    list(TRANSFORM python_path PREPEND "--path=" OUTPUT_VARIABLE path_arguments)
    list(APPEND command ${path_arguments})
    if(DEFINED _cython_ufunc_FILE)
        _cython_ufunc_find_source(file "${caller}" "${_cython_ufunc_FILE}")
        list(APPEND command "--file=${file}")
    endif()
    set(name "import.${module_name}")
    if(DEFINED _cython_ufunc_NAME)
        set(name "${_cython_ufunc_NAME}")
    endif()
    if(TEST "${name}")
        _cython_ufunc_fail("${caller}" "the test ${name} exists already. Give this one another NAME.")
    endif()
    get_target_property(executable ${target} _CYTHON_UFUNC_PYTHON_EXECUTABLE)
    _cython_ufunc_get_test_launcher(launcher "${executable}")
    _cython_ufunc_get_transpiler(transpiler)
    add_test(
        NAME "${name}"
        COMMAND ${launcher} "${transpiler}" import-test ${command} "--code=${_cython_ufunc_CODE}"
    )
    if(NOT launcher)
        message(STATUS "${caller}: disabled in this cross build, as CYTHON_UFUNC_TARGET_PYTHON is not set")
        set_tests_properties("${name}" PROPERTIES DISABLED ON)
    endif()
    if(_cython_ufunc_AUDIT)
        cython_ufunc_add_audit_test(${target})
    endif()
endfunction()
