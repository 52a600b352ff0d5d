add_test_environment(python_without_numpy without-numpy cython)
add_test_project(no-numpy PYTHON "${python_without_numpy}" ENVIRONMENT without-numpy)
add_meson_test_project(no-numpy PYTHON "${python_without_numpy}" ENVIRONMENT without-numpy)
