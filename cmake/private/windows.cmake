# SPDX-License-Identifier: BSD-3-Clause
# What targets need on Windows: of Microsoft's compilers, and of the libraries there that modules link to.

# Fits <target>, which is compiled for <python> (see _cython_ufunc_get_python()), to Windows; does nothing elsewhere.
function(_cython_ufunc_fit_windows target python)
    if(NOT WIN32)
        return()
    endif()
    get_property(free_threaded TARGET ${python} PROPERTY FREE_THREADED)
    if(free_threaded)
        # The headers are the same with and without the GIL; FindPython defines it from CMake 3.30 on.
        target_compile_definitions(${target} PRIVATE Py_GIL_DISABLED=1)
    endif()
    if(MSVC)
        # A body has more sections than plain objects can.
        target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:C,CXX>:/bigobj>")
        _cython_ufunc_fit_c_runtime(${target} ${python})
    endif()
endfunction()

# Has <target> link to the C runtime that goes with <python>. With the debug one, CMake's choice for the configuration Debug,
# comes _DEBUG, for which Python's headers want the library of a debug Python: it has another ABI, and few have it.
function(_cython_ufunc_fit_c_runtime target python)
    get_property(debug_library TARGET ${python} PROPERTY PYTHON_LIBRARY_DEBUG)
    if(debug_library)
        set_target_properties(${target} PROPERTIES DEBUG_POSTFIX "_d") # what that Python imports
    elseif(NOT CMAKE_MSVC_RUNTIME_LIBRARY_DEFAULT) # policy CMP0091 is OLD: the configuration's flags choose
        target_compile_options(${target} PRIVATE "$<$<AND:$<CONFIG:Debug>,$<COMPILE_LANGUAGE:C,CXX>>:/MD>")
    else()
        get_target_property(chosen ${target} MSVC_RUNTIME_LIBRARY)
        if(NOT chosen)
            set(chosen "${CMAKE_MSVC_RUNTIME_LIBRARY_DEFAULT}")
        endif()
        set(static "$<IF:$<STREQUAL:${chosen},MultiThreadedDebug>,MultiThreaded,${chosen}>")
        set(release "$<IF:$<STREQUAL:${chosen},MultiThreadedDebugDLL>,MultiThreadedDLL,${static}>")
        set_target_properties(${target} PROPERTIES MSVC_RUNTIME_LIBRARY "${release}")
    endif()
endfunction()
