# EXPECT: ^add_cython_ufunc_module\(bad\): /bin/false does not work \(it ended with '1'\)\. Set CYTHON_UFUNC_BUILD_PYTHON to one that does\. It said:
set(CYTHON_UFUNC_BUILD_PYTHON /bin/false)
add_cython_ufunc_module(bad good.pyx NO_NUMPY)
