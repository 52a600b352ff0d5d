# EXPECT: ^add_cython_ufunc_module\(bad\): the source directory /home/me/c# has a name with '#', which starts a comment in a makefile \(Ninja can build there\)\. Rename it\.$
set(CMAKE_GENERATOR "Unix Makefiles")
set(CMAKE_CURRENT_SOURCE_DIR "/home/me/c#")
add_cython_ufunc_module(bad good.pyx)
