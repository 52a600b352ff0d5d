add_test_project(users-own-imports CONFIGURE_ARGS -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
add_meson_test_project(users-own-imports)
