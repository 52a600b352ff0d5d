# SPDX-License-Identifier: BSD-3-Clause
# The rule that runs the transpiler.

# Adds the rule that transpiles one source into <directory>, and sets <out_sources> to what a target compiles of it.
#   SOURCE <path> MODULE_NAME <name> LANGUAGE <C|CXX> EXECUTABLE <python> CONFIGURED_FOR <text>
#   [NO_NUMPY] [ANNOTATE] [COVERAGE] [LINE_DIRECTIVES] [LANGUAGE_WAS_READ] [SHARED_UTILITY <module name> LIMITED_API <yes|no>] [HEADERS <name> ...]
#   [DIRECTIVES ...] [CYTHON_ARGS ...] [INCLUDE_DIRECTORIES ...] [DEPENDS ...]
function(_cython_ufunc_add_transpile_step out_sources directory)
    get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    set(arg_CYTHON_ARGS "")
    if(multi_config)
        cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "CYTHON_ARGS")
    endif()
    if(arg_CYTHON_ARGS MATCHES "\\$<")
        # What differs by configuration is transpiled once for each.
        set(all "")
        foreach(config IN LISTS CMAKE_CONFIGURATION_TYPES)
            _cython_ufunc_add_one_transpile_step(sources "${directory}/${config}" CONFIG ${config} ${ARGN})
            foreach(source IN LISTS sources)
                list(APPEND all "$<$<CONFIG:${config}>:${source}>")
            endforeach()
        endforeach()
    else()
        _cython_ufunc_add_one_transpile_step(all "${directory}" ${ARGN})
    endif()
    set(${out_sources} "${all}" PARENT_SCOPE)
endfunction()

function(_cython_ufunc_add_one_transpile_step out_sources directory)
    cmake_parse_arguments(
        PARSE_ARGV 2
        arg
        "NO_NUMPY;ANNOTATE;COVERAGE;LINE_DIRECTIVES;LANGUAGE_WAS_READ"
        "SOURCE;MODULE_NAME;LANGUAGE;EXECUTABLE;CONFIGURED_FOR;SHARED_UTILITY;LIMITED_API;CONFIG"
        "HEADERS;DIRECTIVES;CYTHON_ARGS;INCLUDE_DIRECTORIES;DEPENDS"
    )
    string(REGEX REPLACE ".*\\." "" stem "${arg_MODULE_NAME}")
    set(base "${directory}/${stem}")
    set(extension c)
    set(language c)
    if(arg_LANGUAGE STREQUAL "CXX")
        set(extension cpp)
        set(language c++)
    endif()
    set(compiled "${base}.${extension}")
    set(arguments
        "${arg_SOURCE}"
        "--module-name=${arg_MODULE_NAME}"
        "--language=${language}"
        "--body=${base}.${extension}"
    )
    if(NOT arg_NO_NUMPY)
        list(APPEND compiled "${base}_init.cpp")
        list(APPEND arguments "--shim=${base}_init.cpp")
    endif()
    if(arg_SHARED_UTILITY)
        list(APPEND arguments "--shared-utility=${arg_SHARED_UTILITY}" "--limited-api=${arg_LIMITED_API}")
    endif()
    set(by_products ${compiled})
    foreach(header IN LISTS arg_HEADERS)
        list(APPEND arguments "--header=${directory}/${header}")
        list(APPEND by_products "${directory}/${header}")
    endforeach()
    if(arg_ANNOTATE)
        list(APPEND arguments --annotate)
        list(APPEND by_products "${base}.html")
    endif()
    if(arg_LINE_DIRECTIVES)
        list(APPEND arguments --line-directives)
    endif()
    if(arg_COVERAGE)
        list(APPEND arguments --coverage)
        list(APPEND by_products "${base}.cython_coverage.json")
    endif()
    if(arg_LANGUAGE_WAS_READ)
        list(APPEND arguments --language-was-read)
    endif()
    foreach(dir IN LISTS arg_INCLUDE_DIRECTORIES)
        list(APPEND arguments "--include-directory=${dir}")
    endforeach()
    foreach(directive IN LISTS arg_DIRECTIVES)
        list(APPEND arguments "--directive=${directive}")
    endforeach()
    list(JOIN arguments "\n" content)
    if(arg_CYTHON_ARGS)
        # In one piece: a generator expression may stand for several arguments, or for none.
        string(APPEND content "\n--cython-args=${arg_CYTHON_ARGS}")
    endif()
    cmake_path(RELATIVE_PATH arg_SOURCE BASE_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE shown)
    if(shown MATCHES "^\\.\\./")
        set(shown "${arg_SOURCE}")
    endif()
    _cython_ufunc_add_transpiler_rule(
        "${base}"
        transpile
        "${content}"
        EXECUTABLE "${arg_EXECUTABLE}"
        CONFIGURED_FOR "${arg_CONFIGURED_FOR}"
        CONFIG "${arg_CONFIG}"
        COMMENT "Transpiling ${shown}"
        BYPRODUCTS ${by_products}
        DEPENDS "${arg_SOURCE}" ${arg_DEPENDS}
    )
    _cython_ufunc_set_properties_of_generated(${compiled})
    set(sources ${by_products})
    list(FILTER sources EXCLUDE REGEX "\\.(html|json)$")
    set(${out_sources} "${base}.stamp" ${sources} PARENT_SCOPE)
endfunction()

# Adds the rule that runs the transpiler's <command> with the arguments <content>, one a line, and makes <base>.stamp.
#   EXECUTABLE <python> CONFIGURED_FOR <text> COMMENT <text> BYPRODUCTS <path> ... [CONFIG <config>] [DEPENDS ...]
function(_cython_ufunc_add_transpiler_rule base command content)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "EXECUTABLE;CONFIGURED_FOR;COMMENT;CONFIG" "BYPRODUCTS;DEPENDS")
    set(depfile "${base}.d")
    if(CMAKE_GENERATOR MATCHES "Ninja" AND NOT CMAKE_NINJA_OUTPUT_PATH_PREFIX AND CMAKE_VERSION VERSION_LESS 4.2)
        # Else a process for each module makes Ninja a copy of the depfile, and loses '$' (CMake before 3.30) and '#'
        # (before 4.2) on the way. The copy names files as Ninja does, which the transpiler can do itself.
        set(CMAKE_WARN_DEPRECATED FALSE) # of the policy, from CMake 3.28 on
        cmake_policy(SET CMP0116 OLD)
        string(REPLACE "$" "$$" depfile "${depfile}")
        string(APPEND content "\n--depfile-root=${CMAKE_BINARY_DIR}")
    endif()
    string(APPEND content "\n--depfile=${base}.d\n--stamp=${base}.stamp\n--configured-for=${arg_CONFIGURED_FOR}")
    string(APPEND content "\n--worker-directory=${CMAKE_BINARY_DIR}/CMakeFiles/cython_ufunc_worker")
    set(condition "")
    if(arg_CONFIG)
        set(condition CONDITION "$<CONFIG:${arg_CONFIG}>")
    endif()
    set(generated_anew "")
    if(CMAKE_GENERATOR MATCHES "Makefiles")
        # What depfiles say is forgotten when Makefiles are generated, and known again only after the rules of the next
        # build have been looked at. So that build runs them all, which takes little where nothing has changed.
        set(generated_anew "${CMAKE_BINARY_DIR}/CMakeFiles/cython_ufunc_generated")
        file(TOUCH "${generated_anew}")
    endif()
    # A file that changes when the command does: Makefiles do not compare commands.
    file(GENERATE OUTPUT "${base}.arguments" CONTENT "${content}\n" ${condition})
    get_property(transpiler GLOBAL PROPERTY _CYTHON_UFUNC_TRANSPILER)
    # The stamp is the rule's output, and always new after it; the rest keeps its time stamp when it is unchanged, so
    # that nothing is compiled that need not be.
    add_custom_command(
        OUTPUT "${base}.stamp"
        BYPRODUCTS ${arg_BYPRODUCTS}
        COMMAND "${arg_EXECUTABLE}" "${transpiler}" ${command} "@${base}.arguments"
        DEPENDS "${base}.arguments" ${generated_anew} ${arg_DEPENDS}
        DEPFILE "${depfile}" # what Cython read, and the transpiler, its template and Cython themselves
        WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
        COMMENT "${arg_COMMENT}"
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
