# SPDX-License-Identifier: BSD-3-Clause
# The interpreter, its NumPy and its Cython.

set(_CYTHON_UFUNC_TRANSPILER "${CMAKE_CURRENT_LIST_DIR}/../../transpiler/cython_ufunc_main.py")
cmake_path(NORMAL_PATH _CYTHON_UFUNC_TRANSPILER)
set_property(GLOBAL PROPERTY _CYTHON_UFUNC_TRANSPILER "${_CYTHON_UFUNC_TRANSPILER}")
unset(_CYTHON_UFUNC_TRANSPILER)

# What the functions need of FindPython, as variables of the caller:
#   python_prefix         Python or Python3, the name of the found package and of its targets
#   python_executable     the interpreter that runs Cython
#   python_version, python_soabi, python_include_dirs, python_libraries, numpy_version, numpy_include_dir
#   numpy_site            the folder with the target's NumPy, where Cython is run by another Python than the target's
# Finds Python itself where the project has not.
function(_cython_ufunc_get_python caller need_numpy)
    if(DEFINED Python_FOUND OR NOT DEFINED Python3_FOUND)
        set(prefix Python)
    else()
        set(prefix Python3)
    endif()
    if(NOT DEFINED ${prefix}_FOUND)
        _cython_ufunc_find_python("${caller}" ${need_numpy})
    endif()
    # The same answer for each module of a directory: targets and variables of find_package() belong to one.
    get_property(checked DIRECTORY PROPERTY _CYTHON_UFUNC_CHECKED_PYTHON)
    set(key "${prefix} ${need_numpy} ${${prefix}_NumPy_VERSION} ${${prefix}_VERSION} ${${prefix}_EXECUTABLE}")
    if(NOT key STREQUAL checked)
        _cython_ufunc_check_python("${caller}" ${prefix} ${need_numpy})
        set_property(DIRECTORY PROPERTY _CYTHON_UFUNC_CHECKED_PYTHON "${key}")
    endif()
    set(python_prefix ${prefix})
    set(python_executable "${${prefix}_EXECUTABLE}")
    set(python_version "${${prefix}_VERSION}")
    set(python_soabi "${${prefix}_SOABI}")
    set(python_include_dirs "${${prefix}_INCLUDE_DIRS}")
    set(python_libraries "${${prefix}_LIBRARIES}")
    set(numpy_version "${${prefix}_NumPy_VERSION}")
    set(numpy_include_dir "${${prefix}_NumPy_INCLUDE_DIRS}")
    set(numpy_site "")
    if(CMAKE_CROSSCOMPILING OR CYTHON_UFUNC_BUILD_PYTHON)
        _cython_ufunc_use_target_facts("${caller}" ${prefix} ${need_numpy})
    endif()
    if(need_numpy AND numpy_version AND numpy_version VERSION_LESS 1.19)
        _cython_ufunc_fail(
            "${caller}"
            "NumPy ${numpy_version} is too old; 1.19 or newer is needed. "
            "Found: Python ${python_version} at ${${prefix}_EXECUTABLE}. "
            "Install one with: ${${prefix}_EXECUTABLE} -m pip install \"numpy>=1.19\" (in a "
            "build by pip: add it to requires in pyproject.toml)."
        )
    endif()
    set(variables
        prefix
        executable
        version
        soabi
        include_dirs
        libraries
    )
    foreach(name IN LISTS variables)
        set(python_${name} "${python_${name}}" PARENT_SCOPE)
    endforeach()
    foreach(name IN ITEMS version include_dir site)
        set(numpy_${name} "${numpy_${name}}" PARENT_SCOPE)
    endforeach()
endfunction()

# find_package(Python) for a project that did not call it. Its targets live in the directory, its variables would die
# with the function: both are kept for the directory's next call.
function(_cython_ufunc_find_python caller need_numpy)
    set(names
        FOUND
        Interpreter_FOUND
        EXECUTABLE
        VERSION
        SOABI
        INCLUDE_DIRS
        LIBRARIES
        NumPy_FOUND
        NumPy_VERSION
        NumPy_INCLUDE_DIRS
    )
    set(components Development.Module)
    if(NOT CYTHON_UFUNC_BUILD_PYTHON)
        list(PREPEND components Interpreter)
        if(need_numpy)
            list(APPEND components NumPy)
        endif()
    endif()
    get_property(known DIRECTORY PROPERTY _CYTHON_UFUNC_PYTHON_COMPONENTS)
    if(NOT known STREQUAL components)
        find_package(Python 3.8 QUIET COMPONENTS ${components})
        if(NOT Python_FOUND)
            set(Python_FOUND FALSE)
        endif()
        set_property(DIRECTORY PROPERTY _CYTHON_UFUNC_PYTHON_COMPONENTS "${components}")
        foreach(name IN LISTS names)
            set_property(DIRECTORY PROPERTY _CYTHON_UFUNC_PYTHON_${name} "${Python_${name}}")
        endforeach()
    endif()
    foreach(name IN LISTS names)
        get_property(value DIRECTORY PROPERTY _CYTHON_UFUNC_PYTHON_${name})
        set(Python_${name} "${value}" PARENT_SCOPE)
    endforeach()
endfunction()

# Fails unless the interpreter, its headers and, where needed, NumPy were found, and are not too old.
function(_cython_ufunc_check_python caller prefix need_numpy)
    set(components "Interpreter Development.Module NumPy")
    if(NOT need_numpy)
        set(components "Interpreter Development.Module")
    endif()
    set(remedy "Before it, call find_package(${prefix} COMPONENTS ${components} REQUIRED).")
    if(NOT CYTHON_UFUNC_BUILD_PYTHON AND (NOT ${prefix}_Interpreter_FOUND OR NOT ${prefix}_EXECUTABLE))
        _cython_ufunc_fail(
            "${caller}"
            "no Python interpreter was found, or find_package(${prefix}) was called without the component "
            "Interpreter. ${remedy} Set ${prefix}_EXECUTABLE to point it to one (it is '${${prefix}_EXECUTABLE}')."
        )
    endif()
    set(found "Found: Python ${${prefix}_VERSION} at ${${prefix}_EXECUTABLE}.")
    if(${prefix}_VERSION VERSION_LESS 3.8)
        _cython_ufunc_fail(
            "${caller}"
            "this Python is too old; 3.8 or newer is needed. ${found} "
            "Set ${prefix}_EXECUTABLE to a newer one."
        )
    endif()
    if(NOT TARGET ${prefix}::Module)
        _cython_ufunc_fail(
            "${caller}"
            "Python's headers were not found, or find_package(${prefix}) was called without the component "
            "Development.Module. ${found} ${remedy} On Debian the headers are in the package python3-dev."
        )
    endif()
    if(need_numpy AND NOT TARGET ${prefix}::NumPy AND NOT ${prefix}_NumPy_INCLUDE_DIR)
        _cython_ufunc_fail(
            "${caller}"
            "NumPy was not found, or find_package(${prefix}) was called without the component NumPy. ${found} "
            "${remedy} Install NumPy with: ${${prefix}_EXECUTABLE} -m pip install numpy (in a build by pip: add it to "
            "requires in pyproject.toml). "
            "A module without NumPy says NO_NUMPY."
        )
    endif()
endfunction()

# Sets <out> to what the transpiler, run by <executable> with the arguments ARGN, prints; fails as it does.
function(_cython_ufunc_run_transpiler out caller executable)
    get_property(transpiler GLOBAL PROPERTY _CYTHON_UFUNC_TRANSPILER)
    execute_process(
        COMMAND "${executable}" "${transpiler}" ${ARGN}
        OUTPUT_VARIABLE output
        ERROR_VARIABLE error
        RESULT_VARIABLE result
        OUTPUT_STRIP_TRAILING_WHITESPACE
        ERROR_STRIP_TRAILING_WHITESPACE
    )
    if(NOT result EQUAL 0)
        _cython_ufunc_fail_as_transpiler("${caller}" "${executable}" "${result}" "${error}")
    endif()
    set(${out} "${output}" PARENT_SCOPE)
endfunction()

# Fails with what the transpiler, run by <executable>, said on stderr: one line, or what Python says when it breaks.
function(_cython_ufunc_fail_as_transpiler caller executable result error)
    if(error MATCHES "^cython-ufunc: error: (.*)$")
        _cython_ufunc_fail("${caller}" "${CMAKE_MATCH_1}")
    endif()
    set(variable Python_EXECUTABLE)
    if("${executable}" STREQUAL "${CYTHON_UFUNC_BUILD_PYTHON}")
        set(variable CYTHON_UFUNC_BUILD_PYTHON)
    endif()
    _cython_ufunc_fail(
        "${caller}"
        "${executable} does not work (it ended with '${result}'). Set ${variable} to one that does. It said: ${error}"
    )
endfunction()

# Sets <out> to <fact> of the interpreter <executable>, as the transpiler's `probe` command names it. Asks each
# interpreter once per configuration, so that a changed one is never remembered, and prints its Cython.
function(_cython_ufunc_get_fact out caller executable fact)
    get_property(value GLOBAL PROPERTY "_CYTHON_UFUNC_FACT_${fact} ${executable}")
    if(DEFINED value)
        set(${out} "${value}" PARENT_SCOPE)
        return()
    endif()
    get_property(facts GLOBAL PROPERTY "_CYTHON_UFUNC_FACTS_${executable}")
    if(NOT facts)
        _cython_ufunc_run_transpiler(facts "${caller}" "${executable}" probe)
        set_property(GLOBAL PROPERTY "_CYTHON_UFUNC_FACTS_${executable}" "${facts}")
        string(JSON version GET "${facts}" CYTHON_VERSION)
        string(JSON path GET "${facts}" CYTHON_PATH)
        string(JSON python GET "${facts}" PYTHON_VERSION)
        message(STATUS "cython-ufunc: Cython ${version} at ${path} (Python ${python} at ${executable})")
    endif()
    string(JSON value GET "${facts}" ${fact})
    set_property(GLOBAL PROPERTY "_CYTHON_UFUNC_FACT_${fact} ${executable}" "${value}") # each module asks again
    set(${out} "${value}" PARENT_SCOPE)
endfunction()

# Fails unless Cython knows each of the directives and takes each of the arguments.
function(_cython_ufunc_check_cython_options caller executable directives arguments)
    set(command "")
    foreach(directive IN LISTS directives)
        list(APPEND command "--directive=${directive}")
    endforeach()
    foreach(argument IN LISTS arguments)
        if(NOT argument MATCHES "\\$<")
            list(APPEND command "--cython-arg=${argument}")
        elseif(NOT "--incomplete" IN_LIST command)
            list(APPEND command --incomplete)
        endif()
    endforeach()
    get_property(checked GLOBAL PROPERTY _CYTHON_UFUNC_CHECKED_OPTIONS)
    set(key "${executable} ${command}")
    string(MD5 key "${key}")
    if(NOT command OR key IN_LIST checked)
        return()
    endif()
    _cython_ufunc_run_transpiler(ignored "${caller}" "${executable}" check ${command})
    set_property(GLOBAL APPEND PROPERTY _CYTHON_UFUNC_CHECKED_OPTIONS "${key}")
endfunction()
