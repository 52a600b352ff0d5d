# For Windows, where linkers write import libraries, ci/windows builds it.
add_test_project(import-libraries)
add_meson_test_project(import-libraries)
