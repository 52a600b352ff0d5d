# EXPECT: ^add_cython_ufunc_module\(bad\): COMPONENT is given without INSTALL_DIR, so that nothing is installed\. Add it, or leave COMPONENT out\.$
add_cython_ufunc_module(bad good.pyx COMPONENT runtime)
