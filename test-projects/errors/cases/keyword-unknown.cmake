# EXPECT: ^add_cython_ufunc_module\(bad\): unknown keyword MODULENAME\. Did you mean MODULE_NAME\? Known are: ANNOTATE, .*STUB\.$
add_cython_ufunc_module(bad good.pyx MODULENAME pkg.good)
