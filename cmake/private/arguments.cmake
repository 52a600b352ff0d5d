# SPDX-License-Identifier: BSD-3-Clause
# The parsing of keyword arguments, with nothing ignored.

# Checks what cmake_parse_arguments(arg ...) cannot: that no argument is empty, that no keyword of one value lacks it or is
# given twice. <missing> is arg_KEYWORDS_MISSING_VALUES, <single> the keywords of one value, <multiple> those that take a
# list, which may be empty; <arguments> the call's arguments, in quotes. Reads the arg_<KEYWORD> of its caller.
function(
    _cython_ufunc_check_keywords
    caller
    missing
    single
    multiple
    arguments
)
    foreach(keyword IN LISTS missing)
        # The lists of a function that wraps ours are often empty.
        if(NOT keyword IN_LIST multiple)
            _cython_ufunc_fail("${caller}" "${keyword} has no value. Give one, or leave ${keyword} out.")
        endif()
    endforeach()
    set(given ${arguments})
    list(FILTER given INCLUDE REGEX "^[A-Z_]+$")
    set(seen "${given}")
    list(REMOVE_DUPLICATES seen)
    if(NOT given STREQUAL seen)
        _cython_ufunc_check_not_twice("${caller}" "${single}" ${given})
    endif()
    # Quick, as each module comes here: what follows looks closer.
    if(arguments MATCHES "(^|;)(;|$)")
        _cython_ufunc_check_not_empty("${caller}" ${single} ${multiple})
    endif()
endfunction()

# Fails when one of the keywords <single> is among the arguments ARGN more than once.
function(_cython_ufunc_check_not_twice caller single)
    set(seen "")
    foreach(argument IN LISTS ARGN)
        if(argument IN_LIST seen AND argument IN_LIST single)
            _cython_ufunc_fail("${caller}" "${argument} is given twice. Give it once.")
        endif()
        list(APPEND seen "${argument}")
    endforeach()
endfunction()

# Fails when one of the keywords ARGN has an empty value, or a positional argument is empty. Reads arg_<KEYWORD> and
# `arguments` of its callers.
function(_cython_ufunc_check_not_empty caller)
    foreach(keyword IN LISTS ARGN)
        # Before CMake 3.31, a variable given an empty value is not defined at all.
        if(keyword IN_LIST arguments AND ("${arg_${keyword}}" STREQUAL "" OR "" IN_LIST arg_${keyword}))
            _cython_ufunc_fail(
                "${caller}"
                "${keyword} has an empty value, \"\" (an unset variable in quotes?). Give one, or leave it out."
            )
        endif()
    endforeach()
    if("" IN_LIST arg_UNPARSED_ARGUMENTS)
        _cython_ufunc_fail(
            "${caller}"
            "an argument is empty, \"\" (an unset variable in quotes?). Give the name of a file, or leave it out."
        )
    endif()
endfunction()

# Fails unless <target> can be the name of a new target.
function(_cython_ufunc_check_new_target caller target)
    set(remedy "Choose another; MODULE_NAME names the module.")
    if(target MATCHES "\\.(pyx|py)$")
        _cython_ufunc_fail(
            "${caller}"
            "its first argument is the name of the target, but '${target}' is that of a Cython source. Give a name "
            "before it."
        )
    endif()
    if(NOT target MATCHES "^[A-Za-z0-9_.+-]+$")
        _cython_ufunc_fail(
            "${caller}"
            "'${target}' cannot name a target, only ASCII letters, digits and any of _ . + - can. ${remedy}"
        )
    endif()
    if(TARGET "${target}")
        get_target_property(dir "${target}" SOURCE_DIR)
        _cython_ufunc_fail("${caller}" "a target of that name exists already, added in ${dir}. ${remedy}")
    endif()
endfunction()

# Fails when the positional argument <argument> looks like a keyword; ARGN are the known keywords.
function(_cython_ufunc_check_not_keyword caller argument)
    if(argument MATCHES "^[A-Z][A-Z0-9_]+$")
        _cython_ufunc_did_you_mean(suggestion "${argument}" ${ARGN})
        set(known "${ARGN}")
        list(SORT known)
        string(REPLACE ";" ", " known "${known}")
        _cython_ufunc_fail("${caller}" "unknown keyword ${argument}.${suggestion} Known are: ${known}.")
    endif()
endfunction()
