add_test_project(package)

# Everything is installed below /, which is another folder by the time of the check.
get_meson(_meson)
add_meson_test_project(package SETUP_ARGS -Dpython.platlibdir=/ -Dpython.purelibdir=/ CHECK_ARGS "${_meson}")
