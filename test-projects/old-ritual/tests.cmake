add_test_project(old-ritual)
add_meson_test_project(old-ritual)
