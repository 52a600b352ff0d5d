# EXPECT: ^cython_ufunc_transpile\(sources\): unknown keyword STATIC\. Known are: ANNOTATE, .*OUTPUT_DIRECTORY, SHARED_UTILITY\.$
cython_ufunc_transpile(sources good.pyx STATIC)
