add_test_project(templates CHECK_ARGS "${CMAKE_COMMAND}" --build "${CMAKE_CURRENT_BINARY_DIR}/templates build")
get_meson(_meson)
add_meson_test_project(templates CHECK_ARGS "${_meson}" compile -C "${CMAKE_CURRENT_BINARY_DIR}/templates meson/build")
