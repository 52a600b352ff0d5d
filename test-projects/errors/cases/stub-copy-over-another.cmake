# EXPECT: ^add_cython_ufunc_module\(bad\): /.*/mypkg/bad\.pyi would be replaced, but it was not made by cython-ufunc\. Move it away, or leave STUB out\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/mypkg/bad.pyi" "def by_hand() -> None: ...\n")
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/given.pyi" "def given() -> None: ...\n")
add_cython_ufunc_module(bad good.pyx MODULE_NAME mypkg.bad STUB "${CMAKE_CURRENT_BINARY_DIR}/given.pyi")
