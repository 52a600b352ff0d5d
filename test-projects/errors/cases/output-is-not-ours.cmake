# EXPECT: ^cython_ufunc_transpile\(bad\): /.*/by-hand/good\.c would be replaced, but it was not made by cython-ufunc\. Move it away, or give another OUTPUT_DIRECTORY\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/by-hand/good.c" "/* Written by hand. */\n")
cython_ufunc_transpile(bad good.pyx OUTPUT_DIRECTORY by-hand)
