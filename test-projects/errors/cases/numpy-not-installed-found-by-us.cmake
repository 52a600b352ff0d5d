# EXPECT: ^add_cython_ufunc_module\(bad\): NumPy was not found, .* Install NumPy with: .* -m pip install numpy\.
# INTERPRETER: bare
add_cython_ufunc_module(bad good.pyx)
