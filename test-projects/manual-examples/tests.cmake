add_test_project(manual-examples)
add_meson_test_project(manual-examples)
