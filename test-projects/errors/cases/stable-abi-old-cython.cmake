# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.11 needs Cython 3\.1 or newer; found Cython 3\.0\.12\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.0
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.11)
