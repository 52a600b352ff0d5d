# SPDX-License-Identifier: BSD-3-Clause
# The manual, in docs/: it builds without warnings, its lists of errors and of keywords are those of the code, its page of
# benchmarks that of the measurements beside it, and its code is from files that other tests build.
add_test(NAME docs.errors COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/docs/check_errors.py")

add_test(
    NAME docs.benchmarks
    COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/docs/make_benchmarks.py" --check
)

add_test(NAME docs.snippets COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/docs/check_snippets.py")

get_meson(meson)
add_test(
    NAME docs.keywords
    COMMAND
        "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/docs/check_keywords.py" --meson "${meson}" --python
        "${Python_EXECUTABLE}"
)
set_tests_properties(docs.keywords PROPERTIES FIXTURES_REQUIRED environment.meson)

if(Python_VERSION VERSION_LESS 3.11)
    message(STATUS "Not tested: docs.build: Sphinx needs Python 3.11 or newer; found Python ${Python_VERSION}")
    return()
endif()
file(STRINGS "${CythonUfunc_SOURCE_DIR}/docs/requirements.txt" requirements REGEX "==")
add_test_environment(docs_python docs ${requirements})
add_test(
    NAME docs.build
    COMMAND
        "${docs_python}" -m sphinx --fail-on-warning --keep-going --quiet --fresh-env -b html
        "${CythonUfunc_SOURCE_DIR}/docs" "${CMAKE_CURRENT_BINARY_DIR}/manual"
)
set_tests_properties(docs.build PROPERTIES FIXTURES_REQUIRED environment.docs FIXTURES_SETUP docs.built)
add_test(
    NAME docs.links
    COMMAND "${Python_EXECUTABLE}" "${CythonUfunc_SOURCE_DIR}/docs/check_links.py" "${CMAKE_CURRENT_BINARY_DIR}/manual"
)
set_tests_properties(docs.links PROPERTIES FIXTURES_REQUIRED docs.built)
