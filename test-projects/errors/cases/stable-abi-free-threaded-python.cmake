# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.11 needs an interpreter with the GIL: free-threaded Python has no stable ABI before 3\.15\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: free-threaded cython-3.1
# NEEDS: python >= 3.11, that ABI's first
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.11 NO_NUMPY)
