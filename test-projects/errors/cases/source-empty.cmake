# EXPECT: ^add_cython_ufunc_module\(bad\): an argument is empty, "" .*\. Give the name of a file, or leave it out\.$
add_cython_ufunc_module(bad good.pyx "${HELPERS}")
