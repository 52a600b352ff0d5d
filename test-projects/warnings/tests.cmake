# SPDX-License-Identifier: BSD-3-Clause
# The runtime, a shim and the headers under many warnings, by each compiler of the machine.
foreach(compiler IN ITEMS gcc clang)
    set(cxx_name g++)
    if(compiler STREQUAL "clang")
        set(cxx_name clang++)
    endif()
    find_program(CYTHON_UFUNC_TEST_${compiler} ${compiler})
    find_program(CYTHON_UFUNC_TEST_${cxx_name} ${cxx_name})
    if(NOT CYTHON_UFUNC_TEST_${compiler} OR NOT CYTHON_UFUNC_TEST_${cxx_name})
        message(STATUS "Not tested: warnings.${compiler}: there is no ${compiler} and ${cxx_name}")
        continue()
    endif()
    add_test(
        NAME warnings.${compiler}
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check.py"
            "${CMAKE_CURRENT_BINARY_DIR}/warnings.${compiler}" --c-compiler "${CYTHON_UFUNC_TEST_${compiler}}"
            --cxx-compiler "${CYTHON_UFUNC_TEST_${cxx_name}}"
    )
endforeach()
