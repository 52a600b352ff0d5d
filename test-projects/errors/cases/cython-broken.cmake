# EXPECT: ^add_cython_ufunc_module\(bad\): \S+ has a Cython that cannot be imported \(RuntimeError: half installed\)\. Install one with: \S+ -m pip install "cython>=3\.0\.0" \(in a build by pip: add it to requires in pyproject\.toml\)$
# PYTHONPATH: cython-broken
add_cython_ufunc_module(bad good.pyx)
