add_test_project(compile-commands)
add_meson_test_project(compile-commands)
