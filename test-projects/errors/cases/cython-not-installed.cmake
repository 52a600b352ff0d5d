# EXPECT: ^add_cython_ufunc_module\(bad\): .*/bare python/bin/python has no Cython \(No module named \'Cython\'\)\. Install one with: .*/bare python/bin/python -m pip install "cython>=3\.0\.0" \(in a build by pip: add it to requires in pyproject\.toml\)$
# INTERPRETER: bare
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module
add_cython_ufunc_module(bad good.pyx NO_NUMPY)
