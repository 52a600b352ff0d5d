# SPDX-License-Identifier: BSD-3-Clause
# The Python that modules are built for, its NumPy, and the Cython that makes them.

# Sets <out> to the Python of the caller's scope: as find_package() found it there or, where the project has not called it,
# as it is found now. It is a target, of the directory as FindPython's are, with the properties
#   PYTHON_PREFIX         Python or Python3, the name of the found package and of its targets
#   PYTHON_EXECUTABLE     the interpreter that runs Cython
#   PYTHON_VERSION, PYTHON_SOABI, PYTHON_INCLUDE_DIRS, PYTHON_LIBRARIES, PYTHON_LIBRARY_DEBUG, FREE_THREADED
#   NUMPY_VERSION, NUMPY_INCLUDE_DIRS
#   NUMPY_SITE            the folder with the target's NumPy, where Cython is run by another Python than the target's
#   EXTENSION_SUFFIX      in a cross build, what the names of modules end in, where that can be found out
#   HEADERS               what differs where one of the headers does
#   CYTHON_VERSION, CYTHON_PATH
# Fails where something is missing or too old; NumPy where <need_numpy>.
function(_cython_ufunc_get_python out caller need_numpy)
    set(prefix Python)
    if(
        DEFINED Python3_FOUND
        OR DEFINED CYTHON_UFUNC_PYTHON_PACKAGE
        OR DEFINED Python_ARTIFACTS_PREFIX
        OR DEFINED Python3_ARTIFACTS_PREFIX
    )
        _cython_ufunc_choose_package(prefix "${caller}" ${need_numpy})
    endif()
    if(DEFINED ${prefix}_FOUND)
        _cython_ufunc_add_python(python "${caller}" ${prefix} ${need_numpy})
        set(${out} ${python} PARENT_SCOPE)
        return()
    endif()
    # The variables that find_package() sets here die with the function.
    set(found "_CYTHON_UFUNC_PYTHON ${need_numpy} ${CYTHON_UFUNC_BUILD_PYTHON}")
    get_property(python DIRECTORY PROPERTY "${found}")
    if(NOT python)
        set(components Development.Module)
        if(NOT CYTHON_UFUNC_BUILD_PYTHON)
            list(PREPEND components Interpreter)
            if(need_numpy)
                list(APPEND components NumPy)
            endif()
        endif()
        find_package(Python 3.8 QUIET COMPONENTS ${components})
        _cython_ufunc_add_python(python "${caller}" Python ${need_numpy})
        set_property(DIRECTORY PROPERTY "${found}" ${python})
    endif()
    set(${out} ${python} PARENT_SCOPE)
endfunction()

# Sets <out> to the package that was found in the caller's scope, Python or Python3, with an artifacts prefix where one is set: that
# which the variable CYTHON_UFUNC_PYTHON_PACKAGE names, or has all that modules need, or was found in the innermost directory.
# Fails where it could be one of two interpreters.
function(_cython_ufunc_choose_package out caller need_numpy)
    if(DEFINED CYTHON_UFUNC_PYTHON_PACKAGE)
        if(NOT DEFINED "${CYTHON_UFUNC_PYTHON_PACKAGE}_FOUND")
            _cython_ufunc_fail(
                "${caller}"
                "CYTHON_UFUNC_PYTHON_PACKAGE is '${CYTHON_UFUNC_PYTHON_PACKAGE}', but no find_package() of that name was called. Set "
                "it to Python or Python3, whichever was, or unset it."
            )
        endif()
        set(${out} "${CYTHON_UFUNC_PYTHON_PACKAGE}" PARENT_SCOPE)
        return()
    endif()
    set(usable "")
    set(incomplete "")
    set(candidates Python "Python${Python_ARTIFACTS_PREFIX}" Python3 "Python3${Python3_ARTIFACTS_PREFIX}")
    list(REMOVE_DUPLICATES candidates)
    foreach(package IN LISTS candidates)
        if(NOT DEFINED ${package}_FOUND)
            continue()
        endif()
        set(has_interpreter "${${package}_EXECUTABLE}${CYTHON_UFUNC_BUILD_PYTHON}")
        set(has_numpy "${${package}_NumPy_INCLUDE_DIRS}${${package}_NumPy_INCLUDE_DIR}")
        if(has_interpreter AND TARGET ${package}::Module AND (has_numpy OR NOT need_numpy))
            list(APPEND usable ${package})
        else()
            list(APPEND incomplete ${package})
        endif()
    endforeach()
    list(LENGTH usable count)
    if(count LESS 2)
        list(APPEND usable ${incomplete} Python) # to find it, or for an error that says what is missing
        list(GET usable 0 package)
        set(${out} ${package} PARENT_SCOPE)
        return()
    endif()
    list(GET usable 0 first)
    list(GET usable 1 second)
    _cython_ufunc_same_interpreter(same "${${first}_EXECUTABLE}" "${${second}_EXECUTABLE}")
    set(directory "${CMAKE_CURRENT_SOURCE_DIR}")
    while(NOT same AND directory)
        # What a directory has from the one above it was not chosen there.
        get_property(directory DIRECTORY "${directory}" PROPERTY PARENT_DIRECTORY)
        set(own "")
        foreach(package IN ITEMS ${first} ${second})
            set(executable "")
            set(found "")
            if(directory)
                get_directory_property(executable DIRECTORY "${directory}" DEFINITION ${package}_EXECUTABLE)
                get_directory_property(found DIRECTORY "${directory}" DEFINITION ${package}_FOUND)
            endif()
            if(NOT found OR NOT executable STREQUAL "${${package}_EXECUTABLE}")
                list(APPEND own ${package})
            endif()
        endforeach()
        list(LENGTH own count)
        if(count EQUAL 1)
            set(first ${own})
            set(same TRUE)
        elseif(count EQUAL 2)
            break()
        endif()
    endwhile()
    if(NOT same)
        _cython_ufunc_fail(
            "${caller}"
            "two interpreters were found that it could be for: ${${first}_EXECUTABLE} by find_package(${first}), and "
            "${${second}_EXECUTABLE} by find_package(${second}). Set CYTHON_UFUNC_PYTHON_PACKAGE to ${first} or to ${second} before."
        )
    endif()
    set(${out} ${first} PARENT_SCOPE)
endfunction()

# Sets <out> to whether two paths are those of one interpreter: names of one program in one folder. (In two virtual environments
# the programs are the same, but the packages are not.)
function(_cython_ufunc_same_interpreter out first second)
    foreach(which IN ITEMS first second)
        cmake_path(GET ${which} PARENT_PATH folder)
        file(REAL_PATH "${folder}" folder)
        file(REAL_PATH "${${which}}" program)
        set(${which} "${folder} ${program}")
    endforeach()
    set(${out} FALSE PARENT_SCOPE)
    if(first STREQUAL second)
        set(${out} TRUE PARENT_SCOPE)
    endif()
endfunction()

# Sets <out> to the target that describes the Python which the variables <prefix>_EXECUTABLE and so on name: see above.
function(_cython_ufunc_add_python out caller prefix need_numpy)
    set(numpy_include_dirs "${${prefix}_NumPy_INCLUDE_DIRS}")
    set(is_cross FALSE)
    if(CMAKE_CROSSCOMPILING OR CYTHON_UFUNC_BUILD_PYTHON)
        set(is_cross TRUE)
        if(NOT numpy_include_dirs)
            set(numpy_include_dirs "${${prefix}_NumPy_INCLUDE_DIR}") # FindPython wants an interpreter for the component
        endif()
    endif()
    # Each module asks again.
    string(
        CONCAT described
        "${prefix};${need_numpy};${${prefix}_EXECUTABLE};${${prefix}_VERSION};${${prefix}_SOABI};"
        "${${prefix}_INCLUDE_DIRS};${${prefix}_LIBRARIES};${${prefix}_NumPy_VERSION};${numpy_include_dirs};"
        "${CYTHON_UFUNC_BUILD_PYTHON}"
    )
    string(MD5 key "${described}")
    set(python CythonUfunc::python_${key})
    set(${out} ${python} PARENT_SCOPE)
    if(TARGET ${python})
        return()
    endif()
    _cython_ufunc_check_python("${caller}" ${prefix} ${need_numpy})
    add_library(${python} INTERFACE IMPORTED)
    set_target_properties(
        ${python}
        PROPERTIES
            PYTHON_PREFIX ${prefix}
            PYTHON_EXECUTABLE "${${prefix}_EXECUTABLE}"
            PYTHON_VERSION "${${prefix}_VERSION}"
            PYTHON_SOABI "${${prefix}_SOABI}"
            PYTHON_INCLUDE_DIRS "${${prefix}_INCLUDE_DIRS}"
            PYTHON_LIBRARIES "${${prefix}_LIBRARIES}"
            PYTHON_LIBRARY_DEBUG "${${prefix}_LIBRARY_DEBUG}"
            NUMPY_VERSION "${${prefix}_NumPy_VERSION}"
            NUMPY_INCLUDE_DIRS "${numpy_include_dirs}"
    )
    if(is_cross)
        _cython_ufunc_use_target_facts(${python} "${caller}" ${need_numpy})
    endif()
    get_target_property(numpy_version ${python} NUMPY_VERSION)
    set_target_properties(
        ${python}
        PROPERTIES HEADERS "${${prefix}_INCLUDE_DIRS};${numpy_include_dirs};${numpy_version}"
    )
    if(need_numpy AND numpy_version AND numpy_version VERSION_LESS 1.19)
        _cython_ufunc_fail(
            "${caller}"
            "NumPy ${numpy_version} is too old; 1.19 or newer is needed. "
            "Found: Python ${${prefix}_VERSION} at ${${prefix}_EXECUTABLE}. "
            "Install one with: ${${prefix}_EXECUTABLE} -m pip install \"numpy>=1.19\" (in a "
            "build by pip: add it to requires in pyproject.toml)."
        )
    endif()
    get_target_property(executable ${python} PYTHON_EXECUTABLE)
    if(need_numpy AND numpy_include_dirs)
        _cython_ufunc_run_transpiler(
            warning "${caller}" "${executable}" lint-headers "--release=${numpy_version}" ${numpy_include_dirs}
        )
        if(warning)
            message(WARNING " ${caller}: ${warning}")
        endif()
    endif()
    _cython_ufunc_run_transpiler(facts "${caller}" "${executable}" probe)
    string(JSON cython GET "${facts}" CYTHON_VERSION)
    string(JSON path GET "${facts}" CYTHON_PATH)
    string(JSON version GET "${facts}" PYTHON_VERSION)
    _cython_ufunc_say_once("cython-ufunc: Cython ${cython} at ${path} (Python ${version} at ${executable})")
    set_target_properties(${python} PROPERTIES CYTHON_VERSION "${cython}" CYTHON_PATH "${path}")
    if(NOT is_cross)
        string(JSON free_threaded GET "${facts}" FREE_THREADED)
        set_target_properties(${python} PROPERTIES FREE_THREADED "${free_threaded}")
    endif()
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

# Sets <out> to the program that both build systems run.
function(_cython_ufunc_get_transpiler out)
    cmake_path(SET transpiler NORMALIZE "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../transpiler/cython_ufunc_main.py")
    set(${out} "${transpiler}" PARENT_SCOPE)
endfunction()

# Sets <out> to what the transpiler, run by <executable> with the arguments ARGN, prints; fails as it does. Runs each command
# once in a configuration, so that a changed interpreter is never remembered.
function(_cython_ufunc_run_transpiler out caller executable)
    set(answer "_CYTHON_UFUNC_ANSWER ${executable} ${ARGN}")
    get_property(known GLOBAL PROPERTY "${answer}" SET)
    if(NOT known)
        _cython_ufunc_get_transpiler(transpiler)
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
        set_property(GLOBAL PROPERTY "${answer}" "${output}")
    endif()
    get_property(output GLOBAL PROPERTY "${answer}")
    set(${out} "${output}" PARENT_SCOPE)
endfunction()

# Prints <text>, unless it was printed before.
function(_cython_ufunc_say_once text)
    get_property(said GLOBAL PROPERTY _CYTHON_UFUNC_SAID)
    if(NOT text IN_LIST said)
        message(STATUS "${text}")
        set_property(GLOBAL APPEND PROPERTY _CYTHON_UFUNC_SAID "${text}")
    endif()
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

# Fails unless the Cython of <python> knows each of the directives and takes each of the arguments.
function(_cython_ufunc_check_cython_options caller python directives arguments)
    if("${directives}${arguments}" STREQUAL "")
        return()
    endif()
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
    get_property(executable TARGET ${python} PROPERTY PYTHON_EXECUTABLE)
    _cython_ufunc_run_transpiler(ignored "${caller}" "${executable}" check ${command})
endfunction()
