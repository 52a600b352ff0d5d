# EXPECT: ^add_cython_ufunc_module\(bad\): the language CXX is not enabled \(enabled: C\), but \S.*/plus\.pyx says '# distutils: language'\. 
# LANGUAGES: C
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/plus.pyx" "# distutils: language = c++\n")
add_cython_ufunc_module(bad "${CMAKE_CURRENT_BINARY_DIR}/plus.pyx" NO_NUMPY)
