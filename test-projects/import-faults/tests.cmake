add_test_project(import-faults)
add_meson_test_project(import-faults)
