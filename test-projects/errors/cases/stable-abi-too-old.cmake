# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.10 needs the ABI of Python 3\.11 or newer, the first with the buffer protocol that NumPy's users need\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.1
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.10)
