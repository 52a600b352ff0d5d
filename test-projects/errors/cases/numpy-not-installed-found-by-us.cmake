# EXPECT: ^add_cython_ufunc_module\(bad\): NumPy was not found, .* Install NumPy with: .* -m pip install numpy\.
# INTERPRETER: bare
# FIND_PYTHON: NO
add_cython_ufunc_module(bad good.pyx)
