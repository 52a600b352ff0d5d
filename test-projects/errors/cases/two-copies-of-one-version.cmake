# NO ERROR
cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH tree)
cmake_path(GET tree PARENT_PATH tree)
set(copy "${CMAKE_CURRENT_BINARY_DIR}/other-copy")
file(COPY "${tree}/cmake" DESTINATION "${copy}")
file(COPY "${tree}/transpiler/cython_ufunc/VERSION" DESTINATION "${copy}/transpiler/cython_ufunc")
include("${copy}/cmake/CythonUfunc.cmake")
add_cython_ufunc_module(good good.pyx)
