# Cython's own tests of ufuncs and NumPy, from the source distribution of a release, built with the Cython at hand.
set(_cache "${CythonUfunc_SOURCE_DIR}/.cache/cython")
add_test(
    NAME real-world-cython.fetch
    COMMAND
        "${Python_EXECUTABLE}" -m common.fetch_sdist cython cython-3.3.1.tar.gz
        e0e45989e821bef6aa9ae15c7d583ab5e055f7406c4b3624e49e06d24e90375a "${_cache}"
    WORKING_DIRECTORY "${CythonUfunc_SOURCE_DIR}/ci"
)
set_tests_properties(real-world-cython.fetch PROPERTIES FIXTURES_SETUP cython-source)
add_test_project(real-world-cython CONFIGURE_ARGS "-DCYTHON_SOURCE_DIR=${_cache}/cython-3.3.1")
set_tests_properties(real-world-cython.configure PROPERTIES FIXTURES_REQUIRED cython-source)
