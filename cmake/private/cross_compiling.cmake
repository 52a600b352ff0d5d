# SPDX-License-Identifier: BSD-3-Clause
# Cross builds: Cython runs on this machine, the modules are for another one's Python and NumPy.
#
# CYTHON_UFUNC_BUILD_PYTHON      the interpreter that runs Cython, where Python_EXECUTABLE is the target's
# CYTHON_UFUNC_TARGET_PYTHON     the target's interpreter, for import tests, through CMAKE_CROSSCOMPILING_EMULATOR
# CYTHON_UFUNC_EXTENSION_SUFFIX  what the names of modules end in, where it cannot be found out

# Has <python> (see _cython_ufunc_get_python()) tell of the target, not of the interpreter that FindPython ran.
function(_cython_ufunc_use_target_facts python caller need_numpy)
    if(CYTHON_UFUNC_BUILD_PYTHON)
        set_target_properties(${python} PROPERTIES PYTHON_EXECUTABLE "${CYTHON_UFUNC_BUILD_PYTHON}")
    endif()
    _cython_ufunc_probe_target(facts "${caller}" ${python})
    set(known PYTHON_VERSION FREE_THREADED EXTENSION_SUFFIX)
    if(need_numpy)
        list(APPEND known NUMPY_VERSION NUMPY_SITE)
    endif()
    foreach(fact IN LISTS known)
        string(JSON value ERROR_VARIABLE not_found GET "${facts}" ${fact})
        if(not_found)
            set(value "")
        endif()
        if(value OR NOT fact STREQUAL "PYTHON_VERSION")
            set_target_properties(${python} PROPERTIES ${fact} "${value}")
        endif()
    endforeach()
endfunction()

# Sets <out> to what the transpiler finds out, as JSON, of the Python and the NumPy that <python> names the files of.
function(_cython_ufunc_probe_target out caller python)
    foreach(
        property
        IN
        ITEMS PYTHON_EXECUTABLE PYTHON_INCLUDE_DIRS PYTHON_LIBRARIES PYTHON_SOABI NUMPY_INCLUDE_DIRS
    )
        get_property(${property} TARGET ${python} PROPERTY ${property})
    endforeach()
    set(command "--system=${CMAKE_SYSTEM_NAME}" "--processor=${CMAKE_SYSTEM_PROCESSOR}")
    foreach(dir IN LISTS PYTHON_INCLUDE_DIRS)
        list(APPEND command --python-include "${dir}")
    endforeach()
    foreach(library IN LISTS PYTHON_LIBRARIES)
        list(APPEND command --python-library "${library}")
    endforeach()
    if(PYTHON_SOABI)
        _cython_ufunc_get_module_extension(extension)
        list(APPEND command "--extension-suffix=.${PYTHON_SOABI}${extension}")
    endif()
    if(NUMPY_INCLUDE_DIRS)
        list(GET NUMPY_INCLUDE_DIRS 0 dir)
        list(APPEND command --numpy-include "${dir}")
    endif()
    _cython_ufunc_run_transpiler(facts "${caller}" "${PYTHON_EXECUTABLE}" probe-target ${command})
    string(JSON suffix GET "${facts}" EXTENSION_SUFFIX)
    _cython_ufunc_say_once("cython-ufunc: building for the Python of ${PYTHON_INCLUDE_DIRS} (${suffix})")
    set(${out} "${facts}" PARENT_SCOPE)
endfunction()

# Sets <out> to what the names of extension modules end in whose ABI is not named.
function(_cython_ufunc_get_module_extension out)
    if(WIN32)
        set(${out} ".pyd" PARENT_SCOPE)
    else()
        set(${out} "${CMAKE_SHARED_MODULE_SUFFIX}" PARENT_SCOPE)
    endif()
endfunction()

# Sets <out> to what the names of <python>'s extension modules end in; fails in a cross build where that cannot be found out.
function(_cython_ufunc_get_extension_suffix out caller python)
    _cython_ufunc_get_module_extension(extension)
    if(DEFINED CYTHON_UFUNC_EXTENSION_SUFFIX)
        set(extension "${CYTHON_UFUNC_EXTENSION_SUFFIX}")
    elseif(DEFINED SKBUILD_SOABI) # scikit-build-core knows the target's when it cross-compiles
        if(SKBUILD_SOABI)
            string(PREPEND extension ".${SKBUILD_SOABI}")
        endif()
    elseif(CMAKE_CROSSCOMPILING OR CYTHON_UFUNC_BUILD_PYTHON)
        get_property(extension TARGET ${python} PROPERTY EXTENSION_SUFFIX)
        if(NOT extension)
            get_property(include_dirs TARGET ${python} PROPERTY PYTHON_INCLUDE_DIRS)
            _cython_ufunc_fail(
                "${caller}"
                "the Python of the target (${CMAKE_SYSTEM_NAME}, ${CMAKE_SYSTEM_PROCESSOR}) does not say what the names of "
                "its modules end in. Set CYTHON_UFUNC_EXTENSION_SUFFIX to what it prints for: python3 -c \"import "
                "sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))\". Its headers were expected in: "
                "${include_dirs}."
            )
        endif()
    else()
        get_property(soabi TARGET ${python} PROPERTY PYTHON_SOABI)
        if(soabi)
            string(PREPEND extension ".${soabi}")
        endif()
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
