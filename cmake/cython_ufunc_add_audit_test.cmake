# SPDX-License-Identifier: BSD-3-Clause
#[=======================================================================[.rst:
.. cmake:command:: cython_ufunc_add_audit_test

  Adds a CTest test that compares the NumPy a module says it runs on with the slots of NumPy's C API that it uses.

  .. code-block:: cmake

    cython_ufunc_add_audit_test(<target>
      [NAME <test>])

  The test reads the linked file of ``<target>``, as ``cython-ufunc audit`` does, and runs none of its code, so that it
  works in a cross build, too. It fails where a slot is used that the declared NumPy does not have, and where something
  was not followed. The target may be any module or shared library: see :doc:`../how-to/audit`. The Python that the
  module is made by needs what ``pip install 'cython-ufunc[audit]'`` brings: ``lief``, ``capstone`` and ``numpy``; without
  them the test fails, and says so.

  ``NAME``
    The test's name. Default: ``audit.<module name>``, or ``audit.<target>`` for targets that are not made by
    :cmake:command:`add_cython_ufunc_module`. Since 0.1.
#]=======================================================================]
function(cython_ufunc_add_audit_test target)
    set(caller "cython_ufunc_add_audit_test(${target})")
    set(single NAME)
    _cython_ufunc_parse_arguments(caller 1 "" "${single}" "")
    foreach(argument IN LISTS _cython_ufunc_UNPARSED_ARGUMENTS)
        _cython_ufunc_check_not_keyword("${caller}" "${argument}" ${single})
        _cython_ufunc_fail("${caller}" "unexpected argument '${argument}'. Put a keyword before it; known are: NAME.")
    endforeach()
    if(NOT TARGET "${target}")
        _cython_ufunc_fail(
            "${caller}"
            "there is no target '${target}'. Correct the name, or add it before with add_cython_ufunc_module()."
        )
    endif()
    get_target_property(type ${target} TYPE)
    if(NOT type MATCHES "^(MODULE|SHARED)_LIBRARY$")
        _cython_ufunc_fail(
            "${caller}"
            "the target ${target} (${type}) is neither a module nor a shared library. Give what it is linked into."
        )
    endif()
    get_target_property(module_name ${target} _CYTHON_UFUNC_MODULE_NAME)
    set(name "audit.${target}")
    if(module_name)
        set(name "audit.${module_name}")
    endif()
    if(DEFINED _cython_ufunc_NAME)
        set(name "${_cython_ufunc_NAME}")
    endif()
    if(TEST "${name}")
        _cython_ufunc_fail("${caller}" "the test ${name} exists already. Give this one another NAME.")
    endif()
    _cython_ufunc_get_python(python "${caller}" FALSE)
    get_property(executable TARGET ${python} PROPERTY PYTHON_EXECUTABLE)
    _cython_ufunc_get_transpiler(transpiler)
    add_test(NAME "${name}" COMMAND "${executable}" "${transpiler}" audit "$<TARGET_FILE:${target}>")
endfunction()
