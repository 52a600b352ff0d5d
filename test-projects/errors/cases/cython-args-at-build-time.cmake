# EXPECT: cython-ufunc: error: \S*/good\.pyx: CYTHON_ARGS '--nonsense': Cython [0-9.]+\w* says: unknown option --nonsense\.
# BUILD
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS "$<1:--nonsense>")
