# EXPECT: ^add_cython_ufunc_module\(bad\): NumPy 1\.18\.5 is too old; 1\.19 or newer is needed\. Found: Python [0-9.]+ at \S+\. Install one with: \S+ -m pip install "numpy>=1\.19" \(in a build by pip: add it to requires in pyproject\.toml\)\.$
# PYTHONPATH: numpy-1.18
add_cython_ufunc_module(bad good.pyx)
