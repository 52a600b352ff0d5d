add_test_project(users-own-imports CONFIGURE_ARGS -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
# The comparison is of the same bodies.
add_meson_test_project(users-own-imports CHECK_ARGS --calls-only)
