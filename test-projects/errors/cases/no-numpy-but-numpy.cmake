# EXPECT: cython-ufunc: error: .*/uses\.pyx: bad was said to have no NumPy in it \(NO_NUMPY\), but it includes NumPy's headers: it cimports numpy or has a ufunc\. Remove NO_NUMPY\.
# BUILD
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/uses.pyx" "cimport numpy\n")
add_cython_ufunc_module(bad "${CMAKE_CURRENT_BINARY_DIR}/uses.pyx" NO_NUMPY)
