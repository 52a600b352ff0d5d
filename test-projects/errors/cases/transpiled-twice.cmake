# EXPECT: ^cython_ufunc_transpile\(bad\): what it makes in /.*/cython_ufunc/good is made by cython_ufunc_transpile\(first\) in /.*/errors already\. Give one of them another MODULE_NAME or OUTPUT_DIRECTORY\.$
cython_ufunc_transpile(first good.pyx)
cython_ufunc_transpile(bad good.pyx)
