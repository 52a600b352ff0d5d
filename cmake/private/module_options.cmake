# SPDX-License-Identifier: BSD-3-Clause
# What is asked of a module, checked against itself and against the versions found. The transpiler has these rules for Meson
# (facts/requirements.py, names.py); both pass one table of cases, test-projects/errors/rules/version_cases.py.

# Sets <out> to the qualified module name: <given> as MODULE_NAME, else <default>; fails where it is not one. That of a
# package's own module (<source> is an __init__.pyx) is <package>.__init__.
function(
    _cython_ufunc_get_module_name
    out
    caller
    given
    default
    source
)
    set(name "${given}")
    if(name STREQUAL "")
        set(name "${default}")
    endif()
    string(
        CONCAT keywords # no import statement takes these
        "False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|"
        "global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield"
    )
    if(NOT name MATCHES "^[A-Za-z_][A-Za-z_0-9.]*$" OR name MATCHES "(^|\\.)(\\.|[0-9]|$|(${keywords})(\\.|$))")
        _cython_ufunc_check_module_name("${caller}" "${name}" "${given}" "${keywords}")
    endif()
    cmake_path(GET source STEM LAST_ONLY stem)
    if(stem STREQUAL "__init__" AND NOT name MATCHES "(^|\\.)__init__$")
        string(APPEND name ".__init__")
    endif()
    if(name STREQUAL "__init__")
        _cython_ufunc_check_module_name("${caller}" "${name}" "${given}" "${keywords}")
    endif()
    set(${out} "${name}" PARENT_SCOPE)
endfunction()

# Fails unless <name>, which is <given> as MODULE_NAME or else the default, is a qualified name without one of <keywords>.
function(_cython_ufunc_check_module_name caller name given keywords)
    set(remedy "Give a dotted name of identifiers, such as MODULE_NAME mypkg.fastmath.")
    set(what "MODULE_NAME '${name}'")
    if(given STREQUAL "")
        set(what "its name '${name}' (taken for the module's, as there is no MODULE_NAME)")
    endif()
    if(name MATCHES "(^|\\.)(\\.|$)" OR name MATCHES "(^|\\.)[0-9]")
        _cython_ufunc_fail("${caller}" "${what} is not a module name. ${remedy}")
    endif()
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
    if(name STREQUAL "__init__")
        _cython_ufunc_fail("${caller}" "${what} names no package. Give it, such as MODULE_NAME mypkg.__init__.")
    endif()
endfunction()

# Sets <out> to whether a module with the option <no_numpy> needs NumPy; fails where its shim could not be compiled.
function(_cython_ufunc_get_need_numpy out caller no_numpy)
    set(${out} FALSE PARENT_SCOPE)
    if(NOT no_numpy)
        _cython_ufunc_check_language("${caller}" CXX "the init shim is C++")
        set(${out} TRUE PARENT_SCOPE)
    endif()
endfunction()

# Sets <out> to the language that Cython translates to, C or CXX: <given> as LANGUAGE, else the one that the source says, <said>,
# else C where it is enabled. <source> is the source.
function(
    _cython_ufunc_get_language
    out
    caller
    given
    said
    source
)
    get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(NOT given STREQUAL "")
        if(NOT given MATCHES "^(C|CXX)$")
            set(suggestion "")
            if(given MATCHES "^([cC]\\+\\+|[cC][pP][pP]|[cC][xX][xX])$")
                set(suggestion " Did you mean CXX?")
            elseif(given STREQUAL "c")
                set(suggestion " Did you mean C?")
            endif()
            _cython_ufunc_fail(
                "${caller}"
                "LANGUAGE '${given}' is neither C nor CXX.${suggestion} Give one of them, or leave it out."
            )
        endif()
        set(language ${given})
        set(why "LANGUAGE is ${language}")
    elseif(said)
        set(language ${said})
        set(why "${source} says '# distutils: language'")
    elseif("C" IN_LIST enabled)
        set(language C)
        set(why "")
    else()
        set(language CXX)
        set(why "Cython's output is C or C++")
    endif()
    _cython_ufunc_check_language("${caller}" ${language} "${why}")
    set(${out} ${language} PARENT_SCOPE)
endfunction()

# Sets <out> to the definition that makes NumPy's headers target <version>, given as NUMPY_TARGET_VERSION, or to ""
# without one. <need_numpy>: whether the module has NumPy, that of <python>.
function(
    _cython_ufunc_get_numpy_target
    out
    caller
    version
    python
    need_numpy
)
    set(${out} "" PARENT_SCOPE)
    if(version STREQUAL "")
        return()
    endif()
    _cython_ufunc_check_version_argument("${caller}" NUMPY_TARGET_VERSION "${version}" 1.25)
    if(NOT need_numpy)
        _cython_ufunc_fail("${caller}" "NUMPY_TARGET_VERSION goes with NumPy, but NO_NUMPY is given. Remove one.")
    endif()
    get_property(numpy_version TARGET ${python} PROPERTY NUMPY_VERSION)
    get_property(include_dirs TARGET ${python} PROPERTY NUMPY_INCLUDE_DIRS)
    string(REPLACE "." "_" name "${version}")
    set(name "NPY_${name}_API_VERSION")
    set(known "")
    foreach(dir IN LISTS include_dirs)
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

# Sets <out> to the stable ABI of a module: <given> as STABLE_ABI, else that of the wheel which scikit-build-core makes (its
# setting wheel.py-api), else "". Fails for one that is newer than the wheel's.
function(_cython_ufunc_get_stable_abi out caller given)
    set(wheel "${SKBUILD_SABI_VERSION}")
    if(given STREQUAL "")
        set(${out} "${wheel}" PARENT_SCOPE)
        return()
    endif()
    if(wheel AND given MATCHES "^[0-9]+\\.[0-9]+$" AND given VERSION_GREATER wheel)
        _cython_ufunc_fail(
            "${caller}"
            "STABLE_ABI ${given} is newer than the wheel's, which scikit-build-core marks as one for Python "
            "${wheel} (wheel.py-api): that Python could not import the module. Leave STABLE_ABI out, or set "
            "wheel.py-api to match."
        )
    endif()
    set(${out} "${given}" PARENT_SCOPE)
endfunction()

# Fails where the stable ABI <abi> cannot be had with <python> by a module that has NumPy or not, as <need_numpy> says.
# <given> is the call's STABLE_ABI, "" where <abi> is the wheel's; ARGN are those of its options that could be against it.
function(
    _cython_ufunc_check_stable_abi
    caller
    abi
    given
    python
    need_numpy
)
    if(abi STREQUAL "")
        return()
    endif()
    foreach(
        property
        IN
        ITEMS CYTHON_VERSION PYTHON_VERSION NUMPY_VERSION PYTHON_PREFIX FREE_THREADED
    )
        get_property(${property} TARGET ${python} PROPERTY ${property})
    endforeach()
    _cython_ufunc_check_version_argument("${caller}" STABLE_ABI "${abi}" 3.12)
    set(problem "")
    if(CYTHON_VERSION VERSION_LESS 3.1)
        set(problem "Cython 3.1 or newer; found Cython ${CYTHON_VERSION}")
    elseif(abi VERSION_LESS 3.11 AND need_numpy)
        set(problem "the ABI of Python 3.11 or newer, the first with the buffer protocol that NumPy's users need")
    elseif(abi VERSION_LESS 3.8)
        set(problem "the ABI of Python 3.8 or newer")
    elseif(PYTHON_VERSION VERSION_LESS abi)
        set(problem "Python ${abi} or newer to build with; found Python ${PYTHON_VERSION}")
    elseif(NUMPY_VERSION VERSION_LESS 2.0 AND need_numpy)
        set(problem "NumPy 2.0 or newer to build with; found NumPy ${NUMPY_VERSION}")
    elseif("COVERAGE" IN_LIST ARGN)
        set(problem "a build without COVERAGE, as lines are traced by more than the stable ABI")
    elseif(FREE_THREADED OR "FREE_THREADED" IN_LIST ARGN)
        set(problem "an interpreter with the GIL: free-threaded Python has no stable ABI before 3.15")
    elseif(WIN32 AND NOT TARGET ${PYTHON_PREFIX}::SABIModule)
        set(problem "find_package(${PYTHON_PREFIX} COMPONENTS Development.SABIModule), of CMake 3.26 or newer")
    endif()
    if(problem)
        set(origin "")
        set(remedy "leave STABLE_ABI out")
        if(given STREQUAL "")
            set(origin " (wheel.py-api of scikit-build-core)")
            set(remedy "remove wheel.py-api")
        endif()
        _cython_ufunc_fail("${caller}" "STABLE_ABI ${abi}${origin} needs ${problem}. Change that, or ${remedy}.")
    endif()
endfunction()

# Fails where the options <given> of a call cannot be had: with its <directives>, or with <python> by a module that has NumPy or
# not, as <need_numpy> says.
function(
    _cython_ufunc_check_options
    caller
    given
    directives
    python
    need_numpy
)
    if("COVERAGE" IN_LIST given)
        _cython_ufunc_check_not_in_directives("${caller}" COVERAGE linetrace "${directives}")
    endif()
    if(NOT "FREE_THREADED" IN_LIST given)
        return()
    endif()
    _cython_ufunc_check_not_in_directives("${caller}" FREE_THREADED freethreading_compatible "${directives}")
    foreach(property IN ITEMS CYTHON_VERSION NUMPY_VERSION FREE_THREADED)
        get_property(${property} TARGET ${python} PROPERTY ${property})
    endforeach()
    set(problem "")
    if(CYTHON_VERSION VERSION_LESS 3.1)
        set(problem "Cython 3.1 or newer; found Cython ${CYTHON_VERSION}")
    elseif(FREE_THREADED AND NUMPY_VERSION VERSION_LESS 2.1 AND need_numpy)
        set(problem "NumPy 2.1 or newer with a free-threaded Python; found NumPy ${NUMPY_VERSION}")
    endif()
    if(problem)
        _cython_ufunc_fail("${caller}" "FREE_THREADED needs ${problem}. Change that, or leave FREE_THREADED out.")
    endif()
endfunction()

# Fails when one of <directives> is <name>, which the option <keyword> sets.
function(_cython_ufunc_check_not_in_directives caller keyword name directives)
    foreach(directive IN LISTS directives)
        if(directive MATCHES "^[ ]*${name}[ ]*=")
            _cython_ufunc_fail("${caller}" "DIRECTIVES has '${directive}', but ${keyword} sets ${name}=True. Remove one.")
        endif()
    endforeach()
endfunction()
