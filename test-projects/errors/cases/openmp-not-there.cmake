# EXPECT: ^add_cython_ufunc_module\(bad\): OPENMP: the C compiler \S+ has no OpenMP \(find_package\(OpenMP\) did not find it\)\. Use a compiler that has, or leave OPENMP out\.$
# DEFINE: CMAKE_DISABLE_FIND_PACKAGE_OpenMP=ON
add_cython_ufunc_module(bad good.pyx OPENMP)
