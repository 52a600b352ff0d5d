# EXPECT: ^add_cython_ufunc_module\(bad\): \S+ does not work \(it ended with '1'\)\. Set Python_EXECUTABLE to one that does\. It said: .*ImportError: no argparse here
# PYTHONPATH: no-argparse
add_cython_ufunc_module(bad good.pyx)
