# SPDX-License-Identifier: BSD-3-Clause
# The runtime: the static library that owns NumPy's tables, compiled once per build.

cmake_path(SET _cython_ufunc_runtime_dir NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../runtime")
set_property(GLOBAL PROPERTY _CYTHON_UFUNC_RUNTIME_DIR "${_cython_ufunc_runtime_dir}")
unset(_cython_ufunc_runtime_dir)

# Sets <out> to the runtime's target for modules with the stable ABI <stable_abi> (such as 3.11, or "" without).
# Linking to it gives a target NumPy's and Python's headers, and declares NumPy's tables in each of its sources.
# The caller has the variables of _cython_ufunc_get_python().
function(_cython_ufunc_get_runtime out caller stable_abi)
    set(suffix "")
    set(alias CythonUfunc::runtime)
    set(definitions "")
    if(stable_abi)
        _cython_ufunc_limited_api(hex "${stable_abi}")
        set(definitions Py_LIMITED_API=${hex})
        set(suffix "_abi3_${stable_abi}")
        set(alias "CythonUfunc::runtime_abi3_${stable_abi}")
    endif()
    set(target cython_ufunc_runtime${suffix})
    set(${out} ${target} PARENT_SCOPE)
    if(TARGET ${target})
        return()
    endif()
    get_property(dir GLOBAL PROPERTY _CYTHON_UFUNC_RUNTIME_DIR)
    add_library(
        ${target}
        STATIC
        EXCLUDE_FROM_ALL
        "${dir}/src/numpy_tables.cpp"
        "${dir}/src/import_error.cpp"
        "${dir}/src/module_init.cpp"
    )
    add_library(${alias} ALIAS ${target})
    set_target_properties(
        ${target}
        PROPERTIES
            POSITION_INDEPENDENT_CODE ON
            CXX_VISIBILITY_PRESET hidden
            VISIBILITY_INLINES_HIDDEN ON
            UNITY_BUILD ON # one compile in place of three that each read Python.h
            UNITY_BUILD_BATCH_SIZE 0
            CXX_CLANG_TIDY ""
            CXX_CPPCHECK ""
            CXX_INCLUDE_WHAT_YOU_USE ""
    )
    target_compile_features(${target} PRIVATE cxx_std_17)
    # A copy is in each module, and runs once: small is better than fast. It throws nothing.
    _cython_ufunc_compile_for_size(${target} CXX -fno-exceptions)
    target_compile_definitions(${target} PRIVATE ${definitions} "CYTHON_UFUNC_NUMPY_VERSION=\"${numpy_version}\"")
    target_include_directories(${target} PUBLIC "${dir}/include" INTERFACE "${dir}/numpy_headers")
    # NumPy before Python: Debian puts the headers of its own NumPy into the folder of Python's.
    if(TARGET ${python_prefix}::NumPy)
        target_link_libraries(${target} PUBLIC ${python_prefix}::NumPy)
    else()
        target_include_directories(${target} SYSTEM PUBLIC ${numpy_include_dir})
    endif()
    target_link_libraries(${target} PUBLIC ${python_prefix}::Module)
    if(numpy_version MATCHES "^[0-9]+") # unknown where FindPython has headers, and no NumPy that it can import
        target_compile_definitions(${target} INTERFACE CYTHON_UFUNC_NUMPY_MAJOR=${CMAKE_MATCH_0})
    endif()
    if(MSVC)
        set(force_include "/FIcython_ufunc/numpy_tables.h")
    else()
        set(force_include "SHELL:-include cython_ufunc/numpy_tables.h")
    endif()
    target_compile_options(${target} INTERFACE "$<$<COMPILE_LANGUAGE:C,CXX>:${force_include}>")
endfunction()

# Has GCC and Clang compile <target>, in <language>, for size in release builds, and with the flags ARGN. Other configurations
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
