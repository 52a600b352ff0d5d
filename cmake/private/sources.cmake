# SPDX-License-Identifier: BSD-3-Clause
# The sources of a module: which one Cython translates, what the others are, what the Cython source says of itself.

# Sets <out> to the sources ARGN, the one that Cython translates, or its template, first and by its absolute path. Of
# <keywords>, the call's, one is suggested where it was misspelt.
function(_cython_ufunc_sort_sources out caller keywords)
    set(module_sources "")
    set(others "")
    foreach(argument IN LISTS ARGN)
        if(argument MATCHES "^\\$<TARGET_OBJECTS:([^<>]+)>$")
            set(argument "${CMAKE_MATCH_1}")
        endif()
        if(argument MATCHES "\\.(pyx|py)(\\.(in|tp))?$")
            list(APPEND module_sources "${argument}")
            continue()
        elseif(TARGET "${argument}")
            _cython_ufunc_check_object_library("${caller}" "${argument}")
        elseif(NOT argument MATCHES "\\$<")
            _cython_ufunc_check_not_keyword("${caller}" "${argument}" ${keywords})
            _cython_ufunc_check_helper("${caller}" "${argument}")
        endif()
        list(APPEND others "${argument}")
    endforeach()
    list(LENGTH module_sources count)
    if(count EQUAL 0)
        _cython_ufunc_fail(
            "${caller}"
            "no Cython source among its arguments. Give one .pyx (or .py) file, before the first keyword."
        )
    elseif(count GREATER 1)
        string(REPLACE ";" ", " found "${module_sources}")
        _cython_ufunc_fail(
            "${caller}"
            "${count} Cython sources: ${found}. One module has one; make a module of each, and join them by cimport."
        )
    endif()
    _cython_ufunc_find_source(source "${caller}" "${module_sources}")
    set(${out} "${source}" ${others} PARENT_SCOPE)
endfunction()

# Fails unless <target> is an object library.
function(_cython_ufunc_check_object_library caller target)
    get_target_property(type "${target}" TYPE)
    if(NOT type STREQUAL "OBJECT_LIBRARY")
        _cython_ufunc_fail(
            "${caller}"
            "the source ${target} is a target of type ${type}; only an OBJECT_LIBRARY is part of a module. "
            "Link to any other with target_link_libraries()."
        )
    endif()
endfunction()

# Fails unless <helper> is an existing or generated file that a compiler, or a human looking for headers, takes.
function(_cython_ufunc_check_helper caller helper)
    if(helper MATCHES "\\.(pxd|pxi)\\.(in|tp)$")
        _cython_ufunc_fail(
            "${caller}"
            "${helper} is no source of the module. Give it to cython_ufunc_expand_templates(), and DEPENDS the files that "
            "this makes."
        )
    endif()
    if(helper MATCHES "\\.(pxd|pxi)$")
        _cython_ufunc_fail(
            "${caller}"
            "${helper} is not a source: Cython finds it by itself, beside the .pyx or through INCLUDE_DIRECTORIES. "
            "Leave it out."
        )
    endif()
    _cython_ufunc_find_source(path "${caller}" "${helper}")
    string(REGEX MATCH "[^.]*$" extension "${helper}")
    if(extension MATCHES "^(h|hh|hpp|hxx|h\\+\\+|H|inl|ipp|tpp|inc|cuh|o|obj|def|rc)$")
        return()
    endif()
    get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
    foreach(language IN LISTS enabled)
        if(extension IN_LIST CMAKE_${language}_SOURCE_FILE_EXTENSIONS)
            return()
        endif()
    endforeach()
    # What CMake's modules for the languages have; those of other languages it leaves out of the target without a word.
    set(extensions_C c)
    set(extensions_CXX
        C
        c++
        cc
        cpp
        cxx
        CPP
    )
    set(extensions_OBJC m)
    set(extensions_OBJCXX M mm)
    set(extensions_CUDA cu)
    set(extensions_Fortran
        f
        F
        fpp
        FPP
        f77
        F77
        f90
        F90
        for
        For
        FOR
        f95
        F95
        f03
        F03
        f08
        F08
    )
    set(extensions_ASM s S asm)
    foreach(
        language
        IN
        ITEMS C CXX OBJC OBJCXX CUDA Fortran ASM
    )
        if(extension IN_LIST extensions_${language})
            _cython_ufunc_check_language("${caller}" ${language} "its helper ${helper} is ${language}")
        endif()
    endforeach()
    _cython_ufunc_fail(
        "${caller}"
        "${helper} has an extension that is neither a Cython source's (.pyx, .py) nor a helper's "
        "(.c, .cpp, .h, .hpp and the like), and it is not a target. Rename it, or leave it out."
    )
endfunction()

# Sets <out> to the absolute path of the source <name>: in the source directory, or generated in the build directory.
function(_cython_ufunc_find_source out caller name)
    _cython_ufunc_check_name("${caller}" "the source ${name}" "${name}")
    cmake_path(ABSOLUTE_PATH name BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE path)
    cmake_path(ABSOLUTE_PATH name BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE OUTPUT_VARIABLE built)
    if(IS_DIRECTORY "${path}")
        _cython_ufunc_fail("${caller}" "the source ${name} is a directory: ${path}. Give a file.")
    endif()
    set(unreadable FALSE)
    if(NOT EXISTS "${path}")
        # Before CMake 3.29, a file that cannot be read does not "exist", but its folder lists it.
        string(REGEX REPLACE "([][*?])" "[\\1]" pattern "${path}")
        file(GLOB listed "${pattern}")
        if(listed)
            set(unreadable TRUE)
        endif()
    elseif(CMAKE_VERSION VERSION_GREATER_EQUAL 3.29)
        if(NOT IS_READABLE "${path}")
            set(unreadable TRUE)
        endif()
    endif()
    if(unreadable)
        _cython_ufunc_fail("${caller}" "the source ${name} cannot be read: ${path}. Change its permissions.")
    endif()
    if(NOT EXISTS "${path}")
        get_source_file_property(generated "${path}" GENERATED)
        get_source_file_property(generated_there "${built}" GENERATED)
        if(EXISTS "${built}" OR generated_there)
            set(path "${built}")
        elseif(NOT generated)
            _cython_ufunc_fail(
                "${caller}"
                "the source ${name} does not exist: neither ${path} nor a rule that makes it. "
                "Correct the name, or declare the rule (add_custom_command) before this call."
            )
        endif()
    endif()
    set(${out} "${path}" PARENT_SCOPE)
endfunction()

# Fails unless the language <language> is enabled; <why> says what needs it.
function(_cython_ufunc_check_language caller language why)
    get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(NOT language IN_LIST enabled)
        string(REPLACE ";" " " found "${enabled}")
        _cython_ufunc_fail(
            "${caller}"
            "the language ${language} is not enabled (enabled: ${found}), but ${why}. "
            "Name it in project(... LANGUAGES C CXX), or call enable_language(${language}) before."
        )
    endif()
endfunction()

# Sets <out> to the file that says what the Cython source <path> will: its template, or the source itself.
function(_cython_ufunc_get_text_of out path)
    get_source_file_property(template "${path}" _CYTHON_UFUNC_TEMPLATE)
    if(NOT template)
        set(template "${path}")
    endif()
    set(${out} "${template}" PARENT_SCOPE)
endfunction()

# Sets <out> to the language, C or CXX, that the `# distutils:` comments of the Cython source <path> give, to "" when they
# give none; fails for another, unless <language> is given in the call. Warns of settings that have to be made in CMake.
# The rule is Cython's (Build/Dependencies.py), and that of the transpiler, which cannot be asked for each module: comments before
# the first line that is none, and the last one counts.
function(_cython_ufunc_read_distutils_comments out caller path language)
    set(${out} "" PARENT_SCOPE)
    if(NOT EXISTS "${path}") # generated
        return()
    endif()
    file(READ "${path}" text)
    if(NOT text MATCHES "#[ \t]*(distutils:|cython:[ \t]*language[ \t]*=)")
        return()
    endif()
    set(said "")
    while(text MATCHES "^[ \t\r\n]*#([^\r\n]*)")
        set(line "${CMAKE_MATCH_1}")
        string(LENGTH "${CMAKE_MATCH_0}" length)
        string(SUBSTRING "${text}" ${length} -1 text)
        if(NOT line MATCHES "^[ \t]*(distutils|cython):[ \t]*([a-z_]+)[ \t]*=(.*)$")
            continue()
        endif()
        set(kind "${CMAKE_MATCH_1}")
        set(setting "${CMAKE_MATCH_2}")
        string(STRIP "${CMAKE_MATCH_3}" value)
        if(setting STREQUAL "language")
            set(said "${value}")
        elseif(kind STREQUAL "distutils")
            _cython_ufunc_distutils_equivalent(equivalent "${setting}")
            message(
                WARNING
                " ${caller}: ${path} says '# distutils: ${setting} = ${value}', which only setuptools reads. "
                "Use ${equivalent}."
            )
        endif()
    endwhile()
    if(said MATCHES "^[cC]\\+\\+$")
        set(${out} CXX PARENT_SCOPE)
    elseif(said MATCHES "^[cC]$")
        set(${out} C PARENT_SCOPE)
    elseif(NOT said STREQUAL "" AND language STREQUAL "")
        _cython_ufunc_fail(
            "${caller}"
            "${path} says '# distutils: language = ${said}', which is neither c nor c++. Correct it, or give "
            "LANGUAGE."
        )
    endif()
endfunction()

# Sets <out> to what a CMake project writes instead of a setting in a `# distutils:` comment.
function(_cython_ufunc_distutils_equivalent out setting)
    set(equivalent_define_macros "target_compile_definitions()")
    set(equivalent_undef_macros "target_compile_options()")
    set(equivalent_include_dirs "target_include_directories()")
    set(equivalent_libraries "target_link_libraries()")
    set(equivalent_library_dirs "target_link_directories()")
    set(equivalent_extra_compile_args "target_compile_options()")
    set(equivalent_extra_link_args "target_link_options()")
    set(equivalent_sources "the call's helper sources")
    set(equivalent_depends "DEPENDS")
    if(DEFINED equivalent_${setting})
        set(${out} "${equivalent_${setting}}" PARENT_SCOPE)
    else()
        set(${out} "the properties of the target" PARENT_SCOPE)
    endif()
endfunction()

# Sets <out> to the headers that Cython writes beside the body for the `public` and `api` declarations of <path> and
# the .pxd beside it: <stem>.h, <stem>_api.h, or neither.
function(_cython_ufunc_get_headers out path stem)
    # Not cmake_path(REPLACE_EXTENSION): with OUTPUT_VARIABLE, CMake 3.21 dies of it.
    string(REGEX REPLACE "\\.[^./]*(\\.(in|tp))?$" ".pxd" pxd "${path}")
    set(text "")
    foreach(file IN ITEMS "${path}" "${pxd}")
        if(EXISTS "${file}")
            file(READ "${file}" content)
            string(APPEND text "\n${content}")
        endif()
    endforeach()
    # Only at the left margin: inside a cdef class, `public` is an attribute's.
    set(declaration "\n(cdef|cpdef|ctypedef)[ \t]+((inline|public|api)[ \t]+)*")
    set(headers "")
    if(text MATCHES "${declaration}(public|api)[ \t:]")
        list(APPEND headers "${stem}.h")
        if(text MATCHES "${declaration}api[ \t:]")
            list(APPEND headers "${stem}_api.h")
        endif()
    endif()
    set(${out} "${headers}" PARENT_SCOPE)
endfunction()
