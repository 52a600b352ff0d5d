# SPDX-License-Identifier: BSD-3-Clause
# The arguments of the public functions: parsed with nothing ignored, and checked by themselves.

# Parses the arguments of the function that calls it, from number <first> on, into _cython_ufunc_<KEYWORD>,
# _cython_ufunc_GIVEN (those of <options> that are given) and _cython_ufunc_UNPARSED_ARGUMENTS. Fails for an empty argument, for
# a keyword of one value that lacks it, and for one of these or an option that is given twice. <caller_variable> names the variable
# with the call, as users see it. A macro, as only the function itself has its arguments whole; only it reads what is set here.
macro(
    _cython_ufunc_parse_arguments
    caller_variable
    first
    options
    single
    multiple
)
    cmake_parse_arguments(PARSE_ARGV ${first} _cython_ufunc "${options}" "${single}" "${multiple}")
    # Quick, as each module comes here: what follows looks closer.
    list(JOIN ARGN ";" _cython_ufunc_joined)
    set(_cython_ufunc_keywords ${_cython_ufunc_joined})
    list(FILTER _cython_ufunc_keywords INCLUDE REGEX "^[A-Z_]+$")
    set(_cython_ufunc_GIVEN "")
    foreach(_cython_ufunc_keyword IN LISTS _cython_ufunc_keywords)
        if(
            "${_cython_ufunc_${_cython_ufunc_keyword}}" STREQUAL "TRUE"
            AND ";${options};" MATCHES ";${_cython_ufunc_keyword};"
        )
            list(APPEND _cython_ufunc_GIVEN ${_cython_ufunc_keyword})
        endif()
    endforeach()
    set(_cython_ufunc_different "${_cython_ufunc_keywords}")
    list(REMOVE_DUPLICATES _cython_ufunc_different)
    if(
        DEFINED _cython_ufunc_KEYWORDS_MISSING_VALUES
        OR NOT _cython_ufunc_keywords STREQUAL _cython_ufunc_different
        OR _cython_ufunc_joined MATCHES "(^|;)(;|$)"
    )
        set(_cython_ufunc_once ${options} ${single})
        set(_cython_ufunc_multiple ${multiple})
        set(_cython_ufunc_seen "")
        set(_cython_ufunc_keyword "") # that the argument may be a value of
        set(_cython_ufunc_index ${first})
        while(_cython_ufunc_index LESS ARGC)
            # The macro would take ${ARGN} and ${ARGV0} for its own.
            set(_cython_ufunc_argument "${ARGV${_cython_ufunc_index}}")
            if(_cython_ufunc_argument STREQUAL "")
                _cython_ufunc_fail_for_empty("${${caller_variable}}" "${_cython_ufunc_keyword}" "${options}")
            elseif(_cython_ufunc_argument IN_LIST _cython_ufunc_once)
                if(_cython_ufunc_argument IN_LIST _cython_ufunc_seen)
                    _cython_ufunc_fail_for_twice("${${caller_variable}}" ${_cython_ufunc_argument})
                endif()
                list(APPEND _cython_ufunc_seen ${_cython_ufunc_argument})
                set(_cython_ufunc_keyword ${_cython_ufunc_argument})
            elseif(_cython_ufunc_argument IN_LIST _cython_ufunc_multiple)
                set(_cython_ufunc_keyword ${_cython_ufunc_argument})
            elseif(_cython_ufunc_keyword IN_LIST _cython_ufunc_once)
                set(_cython_ufunc_keyword "") # this was its value
            endif()
            math(EXPR _cython_ufunc_index "${_cython_ufunc_index} + 1")
        endwhile()
        foreach(_cython_ufunc_keyword IN LISTS _cython_ufunc_KEYWORDS_MISSING_VALUES)
            # The lists of a function that wraps ours are often empty.
            if(NOT _cython_ufunc_keyword IN_LIST _cython_ufunc_multiple)
                _cython_ufunc_fail_for_missing("${${caller_variable}}" ${_cython_ufunc_keyword})
            endif()
        endforeach()
    endif()
endmacro()

# Fails for an empty argument: a value of <keyword>, or a positional one where that is "" or one of <options>.
function(_cython_ufunc_fail_for_empty caller keyword options)
    if(keyword STREQUAL "" OR keyword IN_LIST options)
        _cython_ufunc_fail(
            "${caller}"
            "an argument is empty, \"\" (an unset variable in quotes?). Give the name of a file, or leave it out."
        )
    endif()
    _cython_ufunc_fail(
        "${caller}"
        "${keyword} has an empty value, \"\" (an unset variable in quotes?). Give one, or leave it out."
    )
endfunction()

function(_cython_ufunc_fail_for_twice caller keyword)
    _cython_ufunc_fail("${caller}" "${keyword} is given twice. Give it once.")
endfunction()

function(_cython_ufunc_fail_for_missing caller keyword)
    _cython_ufunc_fail("${caller}" "${keyword} has no value. Give one, or leave ${keyword} out.")
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

# Sets <out> to <directories>, given for <keyword>, made absolute; fails for one that is a file, or that is not there and
# cannot be made by the build.
function(_cython_ufunc_get_directories out caller keyword directories)
    set(result "")
    foreach(dir IN LISTS directories)
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

# Fails for one of <depends>, given for DEPENDS, that is neither a target, nor a file, nor made by a rule.
function(_cython_ufunc_check_depends caller depends)
    foreach(entry IN LISTS depends)
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
