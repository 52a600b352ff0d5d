# EXPECT: ^add_cython_ufunc_module\(bad\): SHARED_UTILITY is 'mypkg\._cyutility', which is not a target made by add_cython_shared_utility\(\)\. Call that before, or give NONE\.$
add_cython_ufunc_module(bad good.pyx SHARED_UTILITY mypkg._cyutility)
