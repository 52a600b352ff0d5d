# EXPECT: ^add_cython_ufunc_module\(bad\): SHARED_UTILITY is 'cyutility', which is compiled for another ABI \(STABLE_ABI '3\.11'\); this module has no STABLE_ABI\. Give both the same, or SHARED_UTILITY NONE\.$
# NEEDS: python >= 3.11, that ABI's first
add_cython_shared_utility(cyutility STABLE_ABI 3.11)
add_cython_ufunc_module(bad good.pyx SHARED_UTILITY cyutility)
