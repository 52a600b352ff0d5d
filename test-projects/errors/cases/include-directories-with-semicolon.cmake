# EXPECT: ^add_cython_ufunc_module\(bad\): INCLUDE_DIRECTORIES 'a;b' has a name with ';', at which CMake splits lists\. Rename it\.$
file(MAKE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/a;b")
add_cython_ufunc_module(bad good.pyx INCLUDE_DIRECTORIES [[a;b]])
