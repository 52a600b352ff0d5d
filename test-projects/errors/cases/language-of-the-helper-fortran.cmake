# EXPECT: ^add_cython_ufunc_module\(bad\): the language Fortran is not enabled \(enabled: C CXX\), but its helper .*solve\.F90 is Fortran\. Name it in project\(\.\.\. LANGUAGES C CXX\), or call enable_language\(Fortran\) before\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/solve.F90" "")
add_cython_ufunc_module(bad good.pyx "${CMAKE_CURRENT_BINARY_DIR}/solve.F90")
