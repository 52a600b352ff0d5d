# EXPECT: ^cython_ufunc_transpile\(sources\): Cython 0\.29\.37 at \S*/Cython is too old; 3\.0\.0 or newer is needed\.
# PYTHONPATH: cython-0.29
cython_ufunc_transpile(sources good.pyx)
