# SPDX-License-Identifier: BSD-3-Clause
# Cross builds: Cython runs on this machine, the modules are for another one's Python and NumPy.
#
# CYTHON_UFUNC_BUILD_PYTHON      the interpreter that runs Cython, where Python_EXECUTABLE is the target's
# CYTHON_UFUNC_TARGET_PYTHON     the target's interpreter, for import tests, through CMAKE_CROSSCOMPILING_EMULATOR
# CYTHON_UFUNC_EXTENSION_SUFFIX  what the names of modules end in, where it cannot be found out

# Has the variables of _cython_ufunc_get_python() tell of the target, not of the interpreter that FindPython ran. A macro:
# it sets them in its caller.
macro(_cython_ufunc_use_target_facts caller prefix need_numpy)
    if(NOT numpy_include_dir)
        set(numpy_include_dir "${${prefix}_NumPy_INCLUDE_DIR}") # FindPython wants an interpreter for the component
    endif()
    if(CYTHON_UFUNC_BUILD_PYTHON)
        set(python_executable "${CYTHON_UFUNC_BUILD_PYTHON}")
    endif()
    _cython_ufunc_get_target_fact(target_version "${caller}" PYTHON_VERSION)
    if(target_version)
        set(python_version "${target_version}")
    endif()
    if(${need_numpy})
        _cython_ufunc_get_target_fact(numpy_version "${caller}" NUMPY_VERSION)
        _cython_ufunc_get_target_fact(numpy_site "${caller}" NUMPY_SITE)
    endif()
endmacro()

# Sets <out> to whether the Python that is built for can do without the GIL.
# The caller has the variables of _cython_ufunc_get_python().
function(_cython_ufunc_get_free_threaded out caller)
    if(CMAKE_CROSSCOMPILING OR CYTHON_UFUNC_BUILD_PYTHON)
        _cython_ufunc_get_target_fact(value "${caller}" FREE_THREADED)
    else()
        _cython_ufunc_get_fact(value "${caller}" "${python_executable}" FREE_THREADED)
    endif()
    set(${out} "${value}" PARENT_SCOPE)
endfunction()

# Sets <out> to <fact> of the target's Python or NumPy, as the transpiler's `probe-target` command names it; to "" where
# it cannot be found out. The caller has the variables of _cython_ufunc_get_python().
function(_cython_ufunc_get_target_fact out caller fact)
    set(command "--system=${CMAKE_SYSTEM_NAME}" "--processor=${CMAKE_SYSTEM_PROCESSOR}")
    foreach(dir IN LISTS python_include_dirs)
        list(APPEND command --python-include "${dir}")
    endforeach()
    foreach(library IN LISTS python_libraries)
        list(APPEND command --python-library "${library}")
    endforeach()
    if(python_soabi)
        set(extension "${CMAKE_SHARED_MODULE_SUFFIX}")
        if(WIN32)
            set(extension ".pyd")
        endif()
        list(APPEND command "--extension-suffix=.${python_soabi}${extension}")
    endif()
    if(numpy_include_dir)
        list(GET numpy_include_dir 0 dir)
        list(APPEND command --numpy-include "${dir}")
    endif()
    string(MD5 key "${python_executable} ${command}")
    get_property(facts GLOBAL PROPERTY _CYTHON_UFUNC_TARGET_FACTS_${key})
    if(NOT facts)
        _cython_ufunc_run_transpiler(facts "${caller}" "${python_executable}" probe-target ${command})
        set_property(GLOBAL PROPERTY _CYTHON_UFUNC_TARGET_FACTS_${key} "${facts}")
        string(JSON suffix GET "${facts}" EXTENSION_SUFFIX)
        message(STATUS "cython-ufunc: building for the Python of ${python_include_dirs} (${suffix})")
    endif()
    string(JSON value ERROR_VARIABLE no_such_fact GET "${facts}" ${fact})
    if(no_such_fact)
        set(value "")
    endif()
    set(${out} "${value}" PARENT_SCOPE)
endfunction()

# Sets <out> to what the names of extension modules end in; fails in a cross build where that cannot be found out.
# The caller has the variables of _cython_ufunc_get_python().
function(_cython_ufunc_get_extension_suffix out caller)
    set(extension "${CMAKE_SHARED_MODULE_SUFFIX}")
    if(WIN32)
        set(extension ".pyd")
    endif()
    if(DEFINED CYTHON_UFUNC_EXTENSION_SUFFIX)
        set(extension "${CYTHON_UFUNC_EXTENSION_SUFFIX}")
    elseif(DEFINED SKBUILD_SOABI) # scikit-build-core knows the target's when it cross-compiles
        if(SKBUILD_SOABI)
            string(PREPEND extension ".${SKBUILD_SOABI}")
        endif()
    elseif(CMAKE_CROSSCOMPILING OR CYTHON_UFUNC_BUILD_PYTHON)
        _cython_ufunc_get_target_fact(extension "${caller}" EXTENSION_SUFFIX)
        if(NOT extension)
            _cython_ufunc_fail(
                "${caller}"
                "the Python of the target (${CMAKE_SYSTEM_NAME}, ${CMAKE_SYSTEM_PROCESSOR}) does not say what the names of "
                "its modules end in. Set CYTHON_UFUNC_EXTENSION_SUFFIX to what it prints for: python3 -c \"import "
                "sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))\". Its headers were looked for in: "
                "${python_include_dirs}."
            )
        endif()
    elseif(python_soabi)
        string(PREPEND extension ".${python_soabi}")
    endif()
    set(${out} "${extension}" PARENT_SCOPE)
endfunction()

# Sets <out> to the command that runs the interpreter which can import what is built: <executable>, or in a cross build
# the target's, or "" where that is not known.
function(_cython_ufunc_get_test_launcher out executable)
    set(launcher "${executable}")
    if(CMAKE_CROSSCOMPILING)
        set(launcher "")
        if(CYTHON_UFUNC_TARGET_PYTHON)
            set(launcher ${CMAKE_CROSSCOMPILING_EMULATOR} "${CYTHON_UFUNC_TARGET_PYTHON}")
        endif()
    endif()
    set(${out} "${launcher}" PARENT_SCOPE)
endfunction()
