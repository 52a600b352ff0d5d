# EXPECT: ^add_cython_ufunc_module\(bad\): FREE_THREADED needs NumPy 2\.1 or newer with a free-threaded Python; found NumPy 1\.19\.5\. Change that, or leave FREE_THREADED out\.$
# PYTHONPATH: free-threaded cython-3.1 numpy-1.19
add_cython_ufunc_module(bad good.pyx FREE_THREADED)
