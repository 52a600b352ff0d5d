# EXPECT: ^CythonUfunc: two versions of cython-ufunc are in one build: \d[\w.]* in /.*\S and 99\.9 in /.*/other-copy\. Have all its projects use one of them\.$
cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH tree)
cmake_path(GET tree PARENT_PATH tree)
set(copy "${CMAKE_CURRENT_BINARY_DIR}/other-copy")
file(COPY "${tree}/cmake" DESTINATION "${copy}")
file(WRITE "${copy}/transpiler/cython_ufunc/VERSION" "99.9\n")
include("${copy}/cmake/CythonUfunc.cmake")
