# EXPECT: ^add_cython_ufunc_module\(bad\): NumPy was not found, .* Install NumPy with: .* -m pip install numpy \(in a build by pip: add it to requires in pyproject\.toml\)\.
# INTERPRETER: bare
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module OPTIONAL_COMPONENTS NumPy
add_cython_ufunc_module(bad good.pyx)
