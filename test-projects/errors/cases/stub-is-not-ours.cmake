# EXPECT: ^add_cython_ufunc_module\(bad\): /.*/mypkg/bad\.pyi would be replaced, but it was not made by cython-ufunc\. Move it away, or give it as STUB\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/mypkg/bad.pyi" "def by_hand() -> None: ...\n")
add_cython_ufunc_module(bad good.pyx MODULE_NAME mypkg.bad STUB GENERATE)
