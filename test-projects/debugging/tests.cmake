add_test_project(debugging CONFIGURE_ARGS -DCMAKE_BUILD_TYPE=Debug)
add_meson_test_project(debugging SETUP_ARGS --buildtype=debug)
set_tests_properties(debugging.check debugging.meson.check PROPERTIES SKIP_RETURN_CODE 77)
