# EXPECT: ^add_cython_ufunc_module\(bad\): CYTHON_ARGS '--shared=mypkg\._cyutility' cannot be given: SHARED_UTILITY says it \(with Meson: --shared-utility\)\. Leave it out\.$
add_cython_ufunc_module(bad good.pyx CYTHON_ARGS --shared=mypkg._cyutility)
