if(Python_VERSION VERSION_LESS 3.11)
    message(STATUS "Not tested: scikit-image 0.26, which needs Python 3.11; found ${Python_VERSION}")
    return()
endif()

set(_cache "${CythonUfunc_SOURCE_DIR}/.cache/scikit-image")
add_test(
    NAME real-world-scikit-image.fetch
    COMMAND
        "${Python_EXECUTABLE}" -m common.fetch_sdist scikit-image scikit_image-0.26.0.tar.gz
        f5f970ab04efad85c24714321fcc91613fcb64ef2a892a13167df2f3e59199fa "${_cache}"
    WORKING_DIRECTORY "${CythonUfunc_SOURCE_DIR}/ci"
)
set_tests_properties(real-world-scikit-image.fetch PROPERTIES FIXTURES_SETUP scikit-image-source)
option(CYTHON_UFUNC_TEST_ALL_OF_SCIKIT_IMAGE "Build all 52 Cython modules of scikit-image, not 24 (takes minutes)" OFF)
set(_modules 24)
if(CYTHON_UFUNC_TEST_ALL_OF_SCIKIT_IMAGE)
    set(_modules 52)
endif()
add_test_environment(python scikit-image-0.26.0 scikit-image==0.26.0 cython numpy)
add_test_project(
    real-world-scikit-image
    PYTHON "${python}"
    ENVIRONMENT scikit-image-0.26.0
    CONFIGURE_ARGS
        "-DSKIMAGE_SOURCE_DIR=${_cache}/scikit_image-0.26.0"
        "-DSKIMAGE_ALL=${CYTHON_UFUNC_TEST_ALL_OF_SCIKIT_IMAGE}"
    CHECK_ARGS ${_modules}
)
set_tests_properties(
    real-world-scikit-image.configure
    PROPERTIES FIXTURES_REQUIRED "environment.scikit-image-0.26.0;scikit-image-source"
)
add_meson_test_project(
    real-world-scikit-image
    PYTHON "${python}"
    ENVIRONMENT scikit-image-0.26.0
    SETUP_ARGS "-Dskimage_source_dir=${_cache}/scikit_image-0.26.0"
    CHECK_ARGS 24
)
set_tests_properties(
    real-world-scikit-image.meson.setup
    PROPERTIES FIXTURES_REQUIRED "environment.meson;environment.scikit-image-0.26.0;scikit-image-source"
)
