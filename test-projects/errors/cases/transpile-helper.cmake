# EXPECT: ^cython_ufunc_transpile\(sources\): 'helper\.c, other\.cpp' is not a Cython source\. Give it to the target that gets the transpiled ones\.$
cython_ufunc_transpile(sources good.pyx helper.c other.cpp)
