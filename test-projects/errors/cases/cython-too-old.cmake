# EXPECT: ^add_cython_ufunc_module\(bad\): Cython 0\.29\.37 at \S*/fakes/cython-0\.29/Cython is too old; 3\.0\.0 or newer is needed\. Install one with: \S+ -m pip install "cython>=3\.0\.0" \(in a build by pip: add it to requires in pyproject\.toml\)$
# PYTHONPATH: cython-0.29
add_cython_ufunc_module(bad good.pyx)
