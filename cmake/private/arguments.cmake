# SPDX-License-Identifier: BSD-3-Clause
# The parsing of keyword arguments, with nothing ignored.

# Checks what cmake_parse_arguments(arg ...) cannot: that no keyword lacks its value or is given twice.
# <missing> is arg_KEYWORDS_MISSING_VALUES, <single> the keywords that may be given once; ARGN the call's arguments.
function(_cython_ufunc_check_keywords caller missing single)
    foreach(keyword IN LISTS missing)
        _cython_ufunc_fail("${caller}" "${keyword} has no value. Give one, or leave ${keyword} out.")
    endforeach()
    set(seen "")
    foreach(argument IN LISTS ARGN)
        if(NOT argument IN_LIST single)
            continue()
        endif()
        if(argument IN_LIST seen)
            _cython_ufunc_fail("${caller}" "${argument} is given twice. Give it once.")
        endif()
        list(APPEND seen "${argument}")
    endforeach()
endfunction()

# Fails when the positional argument <argument> looks like a keyword; ARGN are the known keywords.
function(_cython_ufunc_check_not_keyword caller argument)
    if(argument MATCHES "^[A-Z][A-Z0-9_]+$")
        _cython_ufunc_did_you_mean(suggestion "${argument}" ${ARGN})
        string(REPLACE ";" ", " known "${ARGN}")
        _cython_ufunc_fail("${caller}" "unknown keyword ${argument}.${suggestion} Known are: ${known}.")
    endif()
endfunction()
