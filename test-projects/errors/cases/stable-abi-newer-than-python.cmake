# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.99 needs Python 3\.99 or newer to build with; found Python 3\.[0-9.]+\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.1
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.99)
