# EXPECT: ^cython_ufunc_transpile\(sources\): unknown keyword STATIC\. Known are: ANNOTATE, .*OUTPUT_DIRECTORY\.$
cython_ufunc_transpile(sources good.pyx STATIC)
