# EXPECT: ^add_cython_ufunc_module\(bad\): the binary directory /home/me/c#/build has a name with '#', which CMake.* takes in no output of a rule\. Rename it\.$
set(CMAKE_VERSION 3.29)
set(CMAKE_CURRENT_BINARY_DIR "/home/me/c#/build")
add_cython_ufunc_module(bad good.pyx)
