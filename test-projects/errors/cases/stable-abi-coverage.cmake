# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.8 needs a build without COVERAGE, as lines are traced by more than the stable ABI\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.1
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.8 NO_NUMPY COVERAGE)
