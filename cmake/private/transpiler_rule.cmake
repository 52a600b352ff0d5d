# SPDX-License-Identifier: BSD-3-Clause
# The rules that run the transpiler.

# Adds the rule that transpiles <source>, the module <module_name>, into <directory>; sets <out> to what a target compiles of
# it, with the headers that Cython writes. <python>: see _cython_ufunc_get_python(). Keywords as in the public functions, but
#   SHARED_UTILITY <target>   made by add_cython_shared_utility()
#   OPTIONS <keyword> ...     those of the call that are given
#   INCLUDE_DIRECTORIES ...   are absolute
function(
    _cython_ufunc_transpile
    out
    caller
    python
    source
    module_name
    directory
)
    cmake_parse_arguments(
        PARSE_ARGV 6
        module
        ""
        "LANGUAGE;SHARED_UTILITY"
        "OPTIONS;DIRECTIVES;CYTHON_ARGS;INCLUDE_DIRECTORIES;DEPENDS"
    )
    _cython_ufunc_check_cython_options("${caller}" ${python} "${module_DIRECTIVES}" "${module_CYTHON_ARGS}")
    _cython_ufunc_check_depends("${caller}" "${module_DEPENDS}")
    _cython_ufunc_get_text_of(text "${source}")
    _cython_ufunc_read_distutils_comments(said "${caller}" "${text}" "${module_LANGUAGE}")
    _cython_ufunc_get_language(language "${caller}" "${module_LANGUAGE}" "${said}" "${source}")
    string(REGEX REPLACE ".*\\." "" stem "${module_name}")

    _cython_ufunc_claim("${caller}" "${directory}/${stem}.stamp")

    set(arguments "${source}" "--module-name=${module_name}")
    set(outputs "--body=${stem}.c")
    if(language STREQUAL "CXX")
        list(APPEND arguments "--language=c++")
        set(outputs "--body=${stem}.cpp")
    endif()
    if(said AND "${module_LANGUAGE}" STREQUAL "")
        list(APPEND arguments --language-was-read)
    endif()
    if(NOT "NO_NUMPY" IN_LIST module_OPTIONS)
        list(APPEND outputs "--shim=${stem}_init.cpp")
    endif()
    _cython_ufunc_get_headers(headers "${text}" "${stem}")
    list(TRANSFORM headers PREPEND "--header=" OUTPUT_VARIABLE header_arguments)
    list(APPEND outputs ${header_arguments})
    if(module_SHARED_UTILITY)
        get_property(name TARGET ${module_SHARED_UTILITY} PROPERTY _CYTHON_UFUNC_MODULE_NAME)
        get_property(abi TARGET ${module_SHARED_UTILITY} PROPERTY _CYTHON_UFUNC_STABLE_ABI)
        _cython_ufunc_get_limited_api_argument(limited_api "${abi}")
        list(APPEND arguments "--shared-utility=${name}" "${limited_api}")
    endif()
    set(handed_on ANNOTATE COVERAGE FREE_THREADED LINE_DIRECTIVES)
    foreach(option IN LISTS module_OPTIONS)
        if(NOT option IN_LIST handed_on)
            continue()
        endif()
        string(TOLOWER "--${option}" option)
        string(REPLACE "_" "-" option "${option}")
        list(APPEND arguments "${option}")
    endforeach()
    get_property(numpy_site TARGET ${python} PROPERTY NUMPY_SITE) # the numpy.pxd that goes with the target's headers
    foreach(dir IN LISTS module_INCLUDE_DIRECTORIES numpy_site)
        list(APPEND arguments "--include-directory=${dir}")
    endforeach()
    foreach(directive IN LISTS module_DIRECTIVES)
        list(APPEND arguments "--directive=${directive}")
    endforeach()
    list(JOIN arguments "\n" content)
    if(module_CYTHON_ARGS)
        # In one piece: a generator expression may stand for several arguments, or for none.
        string(APPEND content "\n--cython-args=${module_CYTHON_ARGS}")
    endif()
    set(reports "")
    if("ANNOTATE" IN_LIST module_OPTIONS)
        list(APPEND reports "${stem}.html")
    endif()
    if("COVERAGE" IN_LIST module_OPTIONS)
        list(APPEND reports "${stem}.cython_coverage.json")
    endif()

    if(NOT directory MATCHES "/cython_ufunc/") # a folder that users choose may have files of theirs
        foreach(output IN LISTS outputs)
            string(REGEX REPLACE "^[^=]*=" "${directory}/" file "${output}")
            _cython_ufunc_check_is_ours("${caller}" "${file}" "give another OUTPUT_DIRECTORY")
        endforeach()
    endif()
    set(configurations all)
    get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    if(multi_config AND module_CYTHON_ARGS MATCHES "\\$<")
        set(configurations ${CMAKE_CONFIGURATION_TYPES}) # what differs by configuration is transpiled once for each
    endif()
    set(sources "")
    foreach(configuration IN LISTS configurations)
        _cython_ufunc_add_transpile_rule(
            made
            ${configuration}
            ${python}
            "${source}"
            "${directory}"
            "${stem}"
            "${content}"
            "${outputs}"
            "${reports}"
            "${module_DEPENDS}"
        )
        list(APPEND sources ${made})
    endforeach()
    set(${out} "${sources}" PARENT_SCOPE)
endfunction()

# Fails when another call has a rule that makes <file> already.
function(_cython_ufunc_claim caller file)
    get_property(other GLOBAL PROPERTY "_CYTHON_UFUNC_RULE ${file}")
    if(other)
        cmake_path(GET file PARENT_PATH directory)
        _cython_ufunc_fail(
            "${caller}"
            "what it makes in ${directory} is made by ${other} already. Give one of them another MODULE_NAME or OUTPUT_DIRECTORY."
        )
    endif()
    set_property(GLOBAL PROPERTY "_CYTHON_UFUNC_RULE ${file}" "${caller} in ${CMAKE_CURRENT_SOURCE_DIR}")
endfunction()

# Fails when <file> is there and was not made by the transpiler, or by Cython. <remedy> ends a sentence.
function(_cython_ufunc_check_is_ours caller file remedy)
    if(EXISTS "${file}")
        file(READ "${file}" beginning LIMIT 200)
        if(
            NOT beginning MATCHES "Generated by (Cython|cython-ufunc)|Made by cython-ufunc|declares nothing for this header"
        )
            _cython_ufunc_fail(
                "${caller}"
                "${file} would be replaced, but it was not made by cython-ufunc. Move it away, or ${remedy}."
            )
        endif()
    endif()
endfunction()

# Adds the rule that transpiles <source> into <directory> for <configuration>, or for "all"; sets <out> to what a target compiles
# of it, the headers among that. <content> are the arguments that do not depend on the directory, one a line, <outputs> those that
# name a file in it, such as --body=<stem>.c, <reports> the files there that have no argument.
function(
    _cython_ufunc_add_transpile_rule
    out
    configuration
    python
    source
    directory
    stem
    content
    outputs
    reports
    depends
)
    set(condition "")
    if(NOT configuration STREQUAL "all")
        string(APPEND directory "/${configuration}")
        set(condition "$<CONFIG:${configuration}>")
    endif()
    set(made "")
    foreach(output IN LISTS outputs)
        string(REPLACE "=" "=${directory}/" argument "${output}")
        string(APPEND content "\n${argument}")
        string(REGEX REPLACE "^[^=]*=" "${directory}/" path "${output}")
        list(APPEND made "${path}")
    endforeach()
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE shown)
    if(shown MATCHES "^\\.\\./")
        set(shown "${source}")
    endif()
    list(TRANSFORM reports PREPEND "${directory}/")
    _cython_ufunc_add_transpiler_rule(
        "${directory}/${stem}"
        transpile
        "${content}"
        PYTHON ${python}
        CONDITION "${condition}"
        COMMENT "Transpiling ${shown}"
        BYPRODUCTS ${made} ${reports}
        DEPENDS "${source}" ${depends}
    )
    _cython_ufunc_set_properties_of_generated(${made})
    list(PREPEND made "${directory}/${stem}.stamp")
    if(condition)
        list(TRANSFORM made PREPEND "$<${condition}:")
        list(TRANSFORM made APPEND ">")
    endif()
    set(${out} "${made}" PARENT_SCOPE)
endfunction()

# Adds the rule that runs the transpiler's <command> with the arguments <content>, one a line, and makes <base>.stamp.
#   PYTHON <target>         see _cython_ufunc_get_python()
#   COMMENT <text> BYPRODUCTS <path> ... [CONDITION <generator expression>] [DEPENDS <file|target> ...]
function(_cython_ufunc_add_transpiler_rule base command content)
    cmake_parse_arguments(PARSE_ARGV 3 rule "" "PYTHON;COMMENT;CONDITION" "BYPRODUCTS;DEPENDS")
    foreach(property IN ITEMS PYTHON_EXECUTABLE CYTHON_VERSION CYTHON_PATH)
        get_property(${property} TARGET ${rule_PYTHON} PROPERTY ${property})
    endforeach()
    set(depfile "${base}.d")
    if(CMAKE_GENERATOR MATCHES "Ninja" AND NOT CMAKE_NINJA_OUTPUT_PATH_PREFIX AND CMAKE_VERSION VERSION_LESS 4.2)
        # Else a process for each module makes Ninja a copy of the depfile, and loses '$' (CMake before 3.30) and '#'
        # (before 4.2) on the way. The copy names files as Ninja does, which the transpiler can do itself.
        set(CMAKE_WARN_DEPRECATED FALSE) # of the policy, from CMake 3.28 on
        cmake_policy(SET CMP0116 OLD)
        string(REPLACE "$" "$$" depfile "${depfile}")
        string(APPEND content "\n--depfile-root=${CMAKE_BINARY_DIR}")
    endif()
    string(
        APPEND content
        "\n--depfile=${base}.d\n--stamp=${base}.stamp"
        # The command differs when these do, so that everything is made again.
        "\n--configured-for=Cython ${CYTHON_VERSION} at ${CYTHON_PATH}, Python at ${PYTHON_EXECUTABLE}"
        "\n--worker-directory=${CMAKE_BINARY_DIR}/CMakeFiles/cython_ufunc_worker\n"
    )
    if(rule_CONDITION)
        set(rule_CONDITION CONDITION "${rule_CONDITION}")
    endif()
    set(generated_anew "")
    if(CMAKE_GENERATOR MATCHES "Makefiles")
        # What depfiles say is forgotten when Makefiles are generated, and known again only after the rules of the next
        # build have been looked at. So that build runs them all, which takes little where nothing has changed.
        set(generated_anew "${CMAKE_BINARY_DIR}/CMakeFiles/cython_ufunc_generated")
        file(TOUCH "${generated_anew}")
    endif()
    # A file that changes when the command does: Makefiles do not compare commands.
    file(GENERATE OUTPUT "${base}.arguments" CONTENT "${content}" ${rule_CONDITION})
    _cython_ufunc_get_transpiler(transpiler)
    # The stamp is the rule's output, and always new after it; the rest keeps its time stamp when it is unchanged, so
    # that nothing is compiled that need not be.
    add_custom_command(
        OUTPUT "${base}.stamp"
        BYPRODUCTS ${rule_BYPRODUCTS}
        COMMAND "${PYTHON_EXECUTABLE}" "${transpiler}" ${command} "@${base}.arguments"
        DEPENDS "${base}.arguments" ${generated_anew} ${rule_DEPENDS}
        DEPFILE "${depfile}" # what Cython read, and the transpiler, its template and Cython themselves
        WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
        COMMENT "${rule_COMMENT}"
        VERBATIM
    )
endfunction()

# Has the build compile the sources ARGN each by itself, as they are.
function(_cython_ufunc_set_properties_of_generated)
    set_source_files_properties(
        ${ARGN}
        PROPERTIES GENERATED ON SKIP_UNITY_BUILD_INCLUSION ON SKIP_PRECOMPILE_HEADERS ON SKIP_AUTOGEN ON SKIP_LINTING ON
    )
endfunction()
