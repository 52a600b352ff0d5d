add_test_project(getting-started)
get_meson(_meson)
add_meson_test_project(getting-started CHECK getting-started/check_meson.py CHECK_ARGS "${_meson}")
