# EXPECT: ^add_cython_ufunc_module\(bad\): the source godo\.pyx does not exist: neither \S*/errors/godo\.pyx nor a rule that makes it\. Correct the name, or declare the rule \(add_custom_command\) before this call\.$
add_cython_ufunc_module(bad godo.pyx)
