# EXPECT: ^cython_ufunc_expand_templates\(bad\): '/.*/limits\.pxd\.in' expands to /.*/out/limits\.pxd, which another template, other definitions or another rule make already\. Give another OUTPUT_DIRECTORY\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/in/limits.pxd.in" "")
cython_ufunc_expand_templates(first "${CMAKE_CURRENT_BINARY_DIR}/in/limits.pxd.in" OUTPUT_DIRECTORY out DEFINE WIDTH=8)
cython_ufunc_expand_templates(bad "${CMAKE_CURRENT_BINARY_DIR}/in/limits.pxd.in" OUTPUT_DIRECTORY out DEFINE WIDTH=9)
