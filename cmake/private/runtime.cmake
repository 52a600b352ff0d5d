# SPDX-License-Identifier: BSD-3-Clause
# The runtime: the static library that owns NumPy's tables, compiled once for each Python and set of compiler options.

# Sets <out> to the runtime's target for modules of <python> (see _cython_ufunc_get_python()) that are added to this
# directory, with the stable ABI <stable_abi> (such as 3.11, or "" without). Linking to it gives a target NumPy's and
# Python's headers, and declares NumPy's tables in each of its sources.
function(_cython_ufunc_get_runtime out python stable_abi)
    set(suffix "")
    if(stable_abi)
        set(suffix "_abi3_${stable_abi}")
    endif()
    # What it is compiled for and with. Another directory may have another Python, or options that its modules do without.
    get_property(headers TARGET ${python} PROPERTY HEADERS)
    get_property(options DIRECTORY PROPERTY COMPILE_OPTIONS)
    get_property(definitions DIRECTORY PROPERTY COMPILE_DEFINITIONS)
    set(flags "")
    foreach(configuration IN LISTS CMAKE_BUILD_TYPE CMAKE_CONFIGURATION_TYPES)
        string(TOUPPER "_${configuration}" configuration)
        string(APPEND flags ";${CMAKE_CXX_FLAGS${configuration}};${CMAKE_INTERPROCEDURAL_OPTIMIZATION${configuration}}")
    endforeach()
    string(
        CONCAT key
        "${headers};${options};${definitions};${CMAKE_CXX_FLAGS}${flags};${CMAKE_INTERPROCEDURAL_OPTIMIZATION};"
        "${CMAKE_MSVC_RUNTIME_LIBRARY};${CMAKE_OSX_ARCHITECTURES};${CMAKE_OSX_DEPLOYMENT_TARGET};${CMAKE_OSX_SYSROOT}"
    )
    set(runtime cython_ufunc_runtime${suffix})
    if(TARGET ${runtime})
        get_property(key_of_first TARGET ${runtime} PROPERTY _CYTHON_UFUNC_KEY)
        if(key STREQUAL key_of_first)
            set(${out} ${runtime} PARENT_SCOPE)
            return()
        endif()
        string(MD5 hash "${key}")
        string(SUBSTRING "${hash}" 0 8 hash)
        string(APPEND runtime "_${hash}")
    endif()
    set(${out} ${runtime} PARENT_SCOPE)
    if(NOT TARGET ${runtime})
        _cython_ufunc_add_runtime(${runtime} ${python} "${stable_abi}")
        set_target_properties(${runtime} PROPERTIES _CYTHON_UFUNC_KEY "${key}")
    endif()
    _cython_ufunc_name_runtime(CythonUfunc::runtime${suffix} ${runtime})
endfunction()

# Has <name> mean <runtime> for the targets of this directory, and for those of directories without modules where it is the
# first.
function(_cython_ufunc_name_runtime name runtime)
    string(REPLACE "CythonUfunc::runtime" "cython_ufunc_named_runtime" named "${name}")
    if(NOT TARGET ${named})
        add_library(${named} INTERFACE)
        add_library(${name} ALIAS ${named})
        set_target_properties(${named} PROPERTIES INTERFACE_LINK_LIBRARIES ${runtime})
        return()
    endif()
    get_property(others TARGET ${named} PROPERTY _CYTHON_UFUNC_OTHERS)
    if("${CMAKE_CURRENT_BINARY_DIR}" IN_LIST others)
        return()
    endif()
    set_property(TARGET ${named} APPEND PROPERTY _CYTHON_UFUNC_OTHERS "${CMAKE_CURRENT_BINARY_DIR}")
    string(REPLACE "," "$<COMMA>" directory "${CMAKE_CURRENT_BINARY_DIR}")
    string(REPLACE ">" "$<ANGLE-R>" directory "${directory}")
    set(is_here "$<STREQUAL:$<TARGET_PROPERTY:BINARY_DIR>,${directory}>")
    get_property(libraries TARGET ${named} PROPERTY INTERFACE_LINK_LIBRARIES)
    set_property(TARGET ${named} PROPERTY INTERFACE_LINK_LIBRARIES "$<IF:${is_here},${runtime},${libraries}>")
endfunction()

# Adds the static library <runtime>.
function(_cython_ufunc_add_runtime runtime python stable_abi)
    foreach(property IN ITEMS NUMPY_VERSION NUMPY_INCLUDE_DIRS)
        get_property(${property} TARGET ${python} PROPERTY ${property})
    endforeach()
    cmake_path(SET dir NORMALIZE "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../runtime")
    add_library(
        ${runtime}
        STATIC
        EXCLUDE_FROM_ALL
        "${dir}/src/numpy_tables.cpp"
        "${dir}/src/import_error.cpp"
        "${dir}/src/module_init.cpp"
    )
    set_target_properties(
        ${runtime}
        PROPERTIES
            POSITION_INDEPENDENT_CODE ON
            CXX_VISIBILITY_PRESET hidden
            VISIBILITY_INLINES_HIDDEN ON
            UNITY_BUILD ON # one compile instead of three that each read Python.h
            UNITY_BUILD_BATCH_SIZE 0
            CXX_CLANG_TIDY ""
            CXX_CPPCHECK ""
            CXX_INCLUDE_WHAT_YOU_USE ""
    )
    target_compile_features(${runtime} PRIVATE cxx_std_17)
    # A copy is in each module, and runs once: small is better than fast. It throws nothing.
    _cython_ufunc_compile_for_size(${runtime} CXX -fno-exceptions)
    target_compile_definitions(${runtime} PRIVATE "CYTHON_UFUNC_NUMPY_VERSION=\"${NUMPY_VERSION}\"")
    set(is_stable 0)
    if(stable_abi)
        _cython_ufunc_limited_api(hex "${stable_abi}")
        target_compile_definitions(${runtime} PRIVATE Py_LIMITED_API=${hex})
        set(is_stable 1)
    endif()
    target_compile_definitions(${runtime} INTERFACE CYTHON_UFUNC_RUNTIME_STABLE_ABI=${is_stable})
    target_include_directories(${runtime} PUBLIC "${dir}/include" INTERFACE "${dir}/numpy_headers")
    # NumPy before Python: Debian puts the headers of its own NumPy into the folder of Python's. FindPython's target of NumPy
    # would link to Python's library, beside that of the stable ABI, too.
    target_include_directories(${runtime} SYSTEM PUBLIC ${NUMPY_INCLUDE_DIRS})
    _cython_ufunc_get_python_target(python_target ${python} "${stable_abi}")
    target_link_libraries(${runtime} PUBLIC ${python_target})
    _cython_ufunc_fit_windows(${runtime} ${python})
    if(NUMPY_VERSION MATCHES "^[0-9]+") # unknown where FindPython has headers, and no NumPy that it can import
        target_compile_definitions(${runtime} INTERFACE CYTHON_UFUNC_NUMPY_MAJOR=${CMAKE_MATCH_0})
    endif()
    if(MSVC)
        set(force_include "/FIcython_ufunc/numpy_tables.h")
    else()
        set(force_include "SHELL:-include cython_ufunc/numpy_tables.h")
    endif()
    target_compile_options(${runtime} INTERFACE "$<$<COMPILE_LANGUAGE:C,CXX>:${force_include}>")
endfunction()

# Sets <out> to FindPython's target that modules of <python> with the stable ABI <stable_abi>, or "", link to.
function(_cython_ufunc_get_python_target out python stable_abi)
    get_property(prefix TARGET ${python} PROPERTY PYTHON_PREFIX)
    set(${out} ${prefix}::Module PARENT_SCOPE)
    if(stable_abi AND TARGET ${prefix}::SABIModule)
        set(${out} ${prefix}::SABIModule PARENT_SCOPE)
    endif()
endfunction()

# Makes GCC and Clang compile <target>, in <language>, for size in release builds, and with the flags ARGN. Other configurations
# have the optimisation of the user or the distribution.
function(_cython_ufunc_compile_for_size target language)
    if(CMAKE_${language}_COMPILER_ID MATCHES "GNU|Clang" AND NOT MSVC)
        target_compile_options(${target} PRIVATE ${ARGN} "$<$<CONFIG:Release,RelWithDebInfo>:-Os>")
    endif()
endfunction()

# Sets <out> to the value of Py_LIMITED_API for a version such as 3.11.
function(_cython_ufunc_limited_api out version)
    string(REPLACE "." ";" parts "${version}")
    list(GET parts 0 major)
    list(GET parts 1 minor)
    math(EXPR hex "(${major} << 24) + (${minor} << 16)" OUTPUT_FORMAT HEXADECIMAL)
    set(${out} ${hex} PARENT_SCOPE)
endfunction()
