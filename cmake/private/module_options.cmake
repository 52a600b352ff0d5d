# SPDX-License-Identifier: BSD-3-Clause
# The checks of a module's options against each other and against the versions found. Each function reads the
# variables arg_<KEYWORD> of its caller.

# Sets <out_name> to the qualified module name: MODULE_NAME, or <default>; fails where it is not one. A package's own
# module (__init__.pyx) gets the name <package>.__init__.
function(_cython_ufunc_get_module_name out_name caller default source)
    set(name "${default}")
    set(remedy "Give a dotted name of identifiers, such as MODULE_NAME mypkg.fastmath.")
    if(DEFINED arg_MODULE_NAME)
        set(name "${arg_MODULE_NAME}")
        set(what "MODULE_NAME '${name}'")
    else()
        set(what "its name '${name}' (taken for the module's, as there is no MODULE_NAME)")
    endif()
    if(name MATCHES "(^|\\.)(\\.|$)" OR name MATCHES "(^|\\.)[0-9]")
        _cython_ufunc_fail("${caller}" "${what} is not a module name. ${remedy}")
    endif()
    string(
        CONCAT keywords # no import statement takes these
        "False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|"
        "global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield"
    )
    if(name MATCHES "(^|\\.)(${keywords})(\\.|$)")
        _cython_ufunc_fail("${caller}" "${what} is not a module name: '${CMAKE_MATCH_2}' is a keyword of Python. ${remedy}")
    endif()
    # Letters beyond ASCII are left to the transpiler, which knows Unicode.
    string(ASCII 1 first_control)
    string(ASCII 127 last_control)
    string(REGEX MATCH "[]${first_control}-,/:-@[\\^`{|}~${last_control}-]" bad "${name}")
    if(bad)
        _cython_ufunc_fail("${caller}" "${what} is not a module name: it contains '${bad}'. ${remedy}")
    endif()
    cmake_path(GET source STEM LAST_ONLY stem)
    if(stem STREQUAL "__init__" AND NOT name MATCHES "(^|\\.)__init__$")
        string(APPEND name ".__init__")
    endif()
    if(name STREQUAL "__init__")
        _cython_ufunc_fail("${caller}" "${what} names no package. Give it, such as MODULE_NAME mypkg.__init__.")
    endif()
    set(${out_name} "${name}" PARENT_SCOPE)
endfunction()

# Sets <out_language> to C or CXX and <out_was_read> to whether the source said which.
function(_cython_ufunc_get_language out_language out_was_read caller source)
    _cython_ufunc_read_distutils_comments(read "${caller}" "${source}")
    get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
    set(${out_was_read} FALSE PARENT_SCOPE)
    if(DEFINED arg_LANGUAGE)
        if(NOT arg_LANGUAGE MATCHES "^(C|CXX)$")
            set(suggestion "")
            if(arg_LANGUAGE MATCHES "^([cC]\\+\\+|[cC][pP][pP]|[cC][xX][xX])$")
                set(suggestion " Did you mean CXX?")
            elseif(arg_LANGUAGE STREQUAL "c")
                set(suggestion " Did you mean C?")
            endif()
            _cython_ufunc_fail(
                "${caller}"
                "LANGUAGE '${arg_LANGUAGE}' is neither C nor CXX.${suggestion} Give one of them, or leave it out."
            )
        endif()
        set(language ${arg_LANGUAGE})
        set(why "LANGUAGE is ${language}")
    elseif(read)
        set(language ${read})
        set(why "${source} says '# distutils: language'")
        set(${out_was_read} TRUE PARENT_SCOPE)
    elseif("C" IN_LIST enabled)
        set(language C)
        set(why "")
    else()
        set(language CXX)
        set(why "Cython's output is C or C++")
    endif()
    _cython_ufunc_check_language("${caller}" ${language} "${why}")
    set(${out_language} ${language} PARENT_SCOPE)
endfunction()

# Fails unless <value>, given for <keyword>, is a version of the form x.y.
function(_cython_ufunc_check_version_argument caller keyword value example)
    if(NOT value MATCHES "^[0-9]+\\.[0-9]+$")
        _cython_ufunc_fail(
            "${caller}"
            "${keyword} '${value}' is not a version of the form <major>.<minor>, such as ${example}. "
            "Correct it, or leave ${keyword} out."
        )
    endif()
endfunction()

# Sets <out> to the definition that makes NumPy's headers target NUMPY_TARGET_VERSION, or to "" without one.
function(_cython_ufunc_get_numpy_target out caller)
    set(${out} "" PARENT_SCOPE)
    if(NOT DEFINED arg_NUMPY_TARGET_VERSION)
        return()
    endif()
    set(version "${arg_NUMPY_TARGET_VERSION}")
    _cython_ufunc_check_version_argument("${caller}" NUMPY_TARGET_VERSION "${version}" 1.25)
    if(arg_NO_NUMPY)
        _cython_ufunc_fail("${caller}" "NUMPY_TARGET_VERSION goes with NumPy, but NO_NUMPY is given. Remove one.")
    endif()
    string(REPLACE "." "_" name "${version}")
    set(name "NPY_${name}_API_VERSION")
    set(known "")
    foreach(dir IN LISTS numpy_include_dir)
        if(EXISTS "${dir}/numpy/numpyconfig.h")
            file(
                STRINGS "${dir}/numpy/numpyconfig.h"
                known
                REGEX "define NPY_[0-9]+_[0-9]+_API_VERSION|NPY_TARGET_VERSION"
            )
        endif()
    endforeach()
    if(NOT known MATCHES "NPY_TARGET_VERSION")
        _cython_ufunc_fail(
            "${caller}"
            "NUMPY_TARGET_VERSION ${version} needs the headers of NumPy 1.25 or newer; found NumPy ${numpy_version}, "
            "whose modules run on ${numpy_version} and newer only. Build with a newer NumPy, or leave it out."
        )
    endif()
    if(NOT known MATCHES "${name} ")
        string(REGEX MATCHALL "NPY_[0-9]+_[0-9]+_API" names "${known}")
        list(TRANSFORM names REPLACE "NPY_([0-9]+)_([0-9]+)_API" "\\1.\\2")
        list(REMOVE_DUPLICATES names)
        string(REPLACE ";" ", " names "${names}")
        _cython_ufunc_fail(
            "${caller}"
            "NUMPY_TARGET_VERSION ${version} is not one that NumPy ${numpy_version} can target. Give one of: ${names}; "
            "or build with a newer NumPy."
        )
    endif()
    set(${out} "NPY_TARGET_VERSION=${name}" PARENT_SCOPE)
endfunction()

# Has the caller's module made for the stable ABI of the wheel that scikit-build-core makes (its setting wheel.py-api)
# where the call has no STABLE_ABI; fails for a newer STABLE_ABI. Sets arg_STABLE_ABI and stable_abi_is_of_wheel.
function(_cython_ufunc_use_stable_abi_of_wheel caller)
    set(wheel "${SKBUILD_SABI_VERSION}")
    set(stable_abi_is_of_wheel FALSE PARENT_SCOPE)
    if(NOT wheel)
        return()
    endif()
    if(NOT DEFINED arg_STABLE_ABI)
        set(arg_STABLE_ABI "${wheel}" PARENT_SCOPE)
        set(stable_abi_is_of_wheel TRUE PARENT_SCOPE)
    elseif(arg_STABLE_ABI MATCHES "^[0-9]+\\.[0-9]+$" AND arg_STABLE_ABI VERSION_GREATER wheel)
        _cython_ufunc_fail(
            "${caller}"
            "STABLE_ABI ${arg_STABLE_ABI} is newer than the wheel's, which scikit-build-core marks as one for Python "
            "${wheel} (wheel.py-api): that Python could not import the module. Leave STABLE_ABI out, or set "
            "wheel.py-api to match."
        )
    endif()
endfunction()

# Fails where STABLE_ABI cannot be had with the versions found. Reads stable_abi_is_of_wheel, too.
function(_cython_ufunc_check_stable_abi caller)
    if(NOT DEFINED arg_STABLE_ABI)
        return()
    endif()
    set(abi "${arg_STABLE_ABI}")
    _cython_ufunc_check_version_argument("${caller}" STABLE_ABI "${abi}" 3.12)
    _cython_ufunc_get_fact(cython "${caller}" "${python_executable}" CYTHON_VERSION)
    _cython_ufunc_get_free_threaded(free_threaded "${caller}")
    set(problem "")
    if(cython VERSION_LESS 3.1)
        set(problem "Cython 3.1 or newer; found Cython ${cython}")
    elseif(abi VERSION_LESS 3.11 AND NOT arg_NO_NUMPY)
        set(problem "the ABI of Python 3.11 or newer, the first with the buffer protocol that NumPy's users need")
    elseif(abi VERSION_LESS 3.8)
        set(problem "the ABI of Python 3.8 or newer")
    elseif(python_version VERSION_LESS abi)
        set(problem "Python ${abi} or newer to build with; found Python ${python_version}")
    elseif(numpy_version VERSION_LESS 2.0 AND NOT arg_NO_NUMPY)
        set(problem "NumPy 2.0 or newer to build with; found NumPy ${numpy_version}")
    elseif(arg_COVERAGE)
        set(problem "a build without COVERAGE, as lines are traced by more than the stable ABI")
    elseif(free_threaded OR arg_FREE_THREADED)
        set(problem "an interpreter with the GIL: free-threaded Python has no stable ABI before 3.15")
    elseif(WIN32 AND NOT TARGET ${python_prefix}::SABIModule)
        set(problem "find_package(${python_prefix} COMPONENTS Development.SABIModule), of CMake 3.26 or newer")
    endif()
    if(problem)
        set(origin "")
        set(remedy "leave STABLE_ABI out")
        if(stable_abi_is_of_wheel)
            set(origin " (wheel.py-api of scikit-build-core)")
            set(remedy "remove wheel.py-api")
        endif()
        _cython_ufunc_fail("${caller}" "STABLE_ABI ${abi}${origin} needs ${problem}. Change that, or ${remedy}.")
    endif()
endfunction()

# Adds to the list <out> the directive <name>, set to True, where the option <keyword> is given; fails when DIRECTIVES
# sets it too.
function(_cython_ufunc_add_directive out caller keyword name)
    if(NOT arg_${keyword})
        return()
    endif()
    foreach(directive IN LISTS arg_DIRECTIVES)
        if(directive MATCHES "^[ ]*${name}[ ]*=")
            _cython_ufunc_fail("${caller}" "DIRECTIVES has '${directive}', but ${keyword} sets ${name}=True. Remove one.")
        endif()
    endforeach()
    set(${out} ${${out}} "${name}=True" PARENT_SCOPE)
endfunction()

# Fails where FREE_THREADED cannot be had with the versions found.
function(_cython_ufunc_check_free_threaded caller)
    if(NOT arg_FREE_THREADED)
        return()
    endif()
    _cython_ufunc_get_fact(cython "${caller}" "${python_executable}" CYTHON_VERSION)
    _cython_ufunc_get_free_threaded(free_threaded "${caller}")
    set(problem "")
    if(cython VERSION_LESS 3.1)
        set(problem "Cython 3.1 or newer; found Cython ${cython}")
    elseif(free_threaded AND numpy_version VERSION_LESS 2.1 AND NOT arg_NO_NUMPY)
        set(problem "NumPy 2.1 or newer with a free-threaded Python; found NumPy ${numpy_version}")
    endif()
    if(problem)
        _cython_ufunc_fail("${caller}" "FREE_THREADED needs ${problem}. Change that, or leave FREE_THREADED out.")
    endif()
endfunction()

# Sets <out> to the directories given for <keyword>, made absolute; fails for one that is a file, or that is not there
# and cannot be made by the build.
function(_cython_ufunc_get_directories out caller keyword)
    set(result "")
    foreach(dir IN LISTS arg_${keyword})
        cmake_path(ABSOLUTE_PATH dir BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE path)
        cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${path}" built)
        set(problem "")
        if(EXISTS "${path}" AND NOT IS_DIRECTORY "${path}")
            set(problem
                "is a file, not a directory: ${path}. Give its directory; sources stand before the first keyword."
            )
        elseif(NOT EXISTS "${path}" AND NOT built)
            set(problem "does not exist: ${path}. Correct it, or leave it out.")
        endif()
        if(problem)
            _cython_ufunc_fail("${caller}" "${keyword} '${dir}' ${problem}")
        endif()
        # What is made by the build may have a generator expression in its name.
        if(keyword STREQUAL "INCLUDE_DIRECTORIES" AND (EXISTS "${path}" OR NOT dir MATCHES "\\$<"))
            _cython_ufunc_check_name("${caller}" "${keyword} '${dir}'" "${dir}")
        endif()
        list(APPEND result "${path}")
    endforeach()
    set(${out} "${result}" PARENT_SCOPE)
endfunction()

# Fails for a DEPENDS entry that is neither a target, nor a file, nor made by a rule.
function(_cython_ufunc_check_depends caller)
    foreach(entry IN LISTS arg_DEPENDS)
        if(TARGET "${entry}" OR entry MATCHES "\\$<")
            continue()
        endif()
        cmake_path(ABSOLUTE_PATH entry BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE path)
        cmake_path(ABSOLUTE_PATH entry BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" OUTPUT_VARIABLE built)
        get_source_file_property(generated "${path}" GENERATED)
        get_source_file_property(generated_there "${built}" GENERATED)
        if(NOT EXISTS "${path}" AND NOT EXISTS "${built}" AND NOT generated AND NOT generated_there)
            _cython_ufunc_fail(
                "${caller}"
                "DEPENDS '${entry}' is neither a target, nor a file (${path}), nor made by a rule. Correct the name, "
                "or declare the rule (add_custom_command) or the target before this call."
            )
        endif()
    endforeach()
endfunction()
