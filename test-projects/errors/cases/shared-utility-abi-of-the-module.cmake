# EXPECT: ^add_cython_ufunc_module\(bad\): SHARED_UTILITY is 'cyutility', which is compiled for another ABI \(STABLE_ABI ''\); this module has STABLE_ABI 3\.11\. Give both the same, or SHARED_UTILITY NONE\.$
# NEEDS: python >= 3.11, that ABI's first
add_cython_shared_utility(cyutility)
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.11 SHARED_UTILITY cyutility)
