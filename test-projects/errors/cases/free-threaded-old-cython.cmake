# EXPECT: ^add_cython_ufunc_module\(bad\): FREE_THREADED needs Cython 3\.1 or newer; found Cython 3\.0\.12\. Change that, or leave FREE_THREADED out\.$
# PYTHONPATH: cython-3.0
add_cython_ufunc_module(bad good.pyx FREE_THREADED)
