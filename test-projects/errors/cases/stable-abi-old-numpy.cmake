# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.11 needs NumPy 2\.0 or newer to build with; found NumPy 1\.19\.5\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.1 numpy-1.19
# NEEDS: python >= 3.11, that ABI's first
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.11)
