# SPDX-License-Identifier: BSD-3-Clause
# ci/bench, on few modules: each contender builds, what it built imports and computes what it should, the init shim costs
# what it may.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR Python_VERSION VERSION_LESS 3.10)
    message(STATUS "Not tested: benchmark.*: Linux and Python 3.10 are needed; found Python ${Python_VERSION}")
    return()
endif()
function(add_benchmark_test name)
    add_test(
        NAME benchmark.${name}
        COMMAND
            "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/ci/bench" --quick ${ARGN} --environments
            "${CYTHON_UFUNC_TEST_ENVIRONMENTS}" --scratch "${CMAKE_CURRENT_BINARY_DIR}/benchmark ${name}" --json
            "${CMAKE_CURRENT_BINARY_DIR}/benchmark-${name}.json"
    )
endfunction()
add_benchmark_test(builds)
add_benchmark_test(growth --growth --contenders ours-cmake cython-cmake)
add_benchmark_test(profile --profile --contenders ours-cmake ours-meson)
add_benchmark_test(run-time --run-time)
