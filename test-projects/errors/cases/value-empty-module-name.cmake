# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME has an empty value, "" \(an unset variable in quotes\?\)\. Give one, or leave it out\.$
set(name "")
add_cython_ufunc_module(bad good.pyx MODULE_NAME "${name}")
