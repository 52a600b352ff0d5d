# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 'cp312' is not a version of the form <major>\.<minor>, such as 3\.12\. Correct it, or leave STABLE_ABI out\.$
add_cython_ufunc_module(bad good.pyx STABLE_ABI cp312)
