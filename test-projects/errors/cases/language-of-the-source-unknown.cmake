# EXPECT: ^add_cython_ufunc_module\(bad\): .*/odd\.pyx says '# distutils: language = d', which is neither c nor c\+\+\. Correct it, or give LANGUAGE\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/odd.pyx" "# distutils: language = d\n")
add_cython_ufunc_module(bad "${CMAKE_CURRENT_BINARY_DIR}/odd.pyx")
