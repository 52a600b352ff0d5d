find_program(CYTHON_UFUNC_TEST_CCACHE ccache DOC "ccache, which the tests of compiler caches need")
mark_as_advanced(CYTHON_UFUNC_TEST_CCACHE)
set(ccache "")
if(CYTHON_UFUNC_TEST_CCACHE)
    set(ccache --ccache "${CYTHON_UFUNC_TEST_CCACHE}")
else()
    message(STATUS "Not tested: hits of a compiler cache, for there is no ccache (Debian's package: ccache)")
endif()
get_meson(meson)
foreach(system IN ITEMS cmake meson)
    add_test(
        NAME output-cache.${system}
        COMMAND
            "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_builds.py"
            "${CMAKE_CURRENT_BINARY_DIR}/output-cache ${system}" ${system} --cython-ufunc "${CythonUfunc_SOURCE_DIR}"
            --c-compiler "${CMAKE_C_COMPILER}" --cxx-compiler "${CMAKE_CXX_COMPILER}" --meson "${meson}" ${ccache}
    )
endforeach()
set_tests_properties(output-cache.meson PROPERTIES FIXTURES_REQUIRED environment.meson)

find_program(CYTHON_UFUNC_TEST_DISTCC distcc DOC "distcc, which the tests of distributed compilers need")
find_program(CYTHON_UFUNC_TEST_DISTCCD distccd DOC "Its daemon")
mark_as_advanced(CYTHON_UFUNC_TEST_DISTCC CYTHON_UFUNC_TEST_DISTCCD)
if(CYTHON_UFUNC_TEST_DISTCC AND CYTHON_UFUNC_TEST_DISTCCD)
    foreach(system IN ITEMS cmake meson)
        add_test(
            NAME output-cache.distcc.${system}
            COMMAND
                "${Python_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/check_distcc.py"
                "${CMAKE_CURRENT_BINARY_DIR}/output-cache distcc ${system}" ${system} --cython-ufunc
                "${CythonUfunc_SOURCE_DIR}" --c-compiler "${CMAKE_C_COMPILER}" --cxx-compiler "${CMAKE_CXX_COMPILER}"
                --meson "${meson}" --distcc "${CYTHON_UFUNC_TEST_DISTCC}" --distccd "${CYTHON_UFUNC_TEST_DISTCCD}"
        )
    endforeach()
    set_tests_properties(output-cache.distcc.meson PROPERTIES FIXTURES_REQUIRED environment.meson)
else()
    message(STATUS "Not tested: a distributed compiler, for there is no distcc (Debian's package: distcc)")
endif()
