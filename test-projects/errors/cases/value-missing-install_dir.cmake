# EXPECT: ^add_cython_ufunc_module\(bad\): INSTALL_DIR has no value\. Give one
add_cython_ufunc_module(bad good.pyx INSTALL_DIR COMPONENT runtime)
