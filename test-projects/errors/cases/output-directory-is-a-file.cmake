# EXPECT: ^cython_ufunc_transpile\(sources\): OUTPUT_DIRECTORY 'CMakeCache\.txt' is a file, not a directory: .*/CMakeCache\.txt\. Give another\.$
cython_ufunc_transpile(sources good.pyx OUTPUT_DIRECTORY CMakeCache.txt)
