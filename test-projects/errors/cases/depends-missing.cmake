# EXPECT: ^add_cython_ufunc_module\(bad\): DEPENDS 'gone\.pxd' is neither a target, nor a file \(\S*/gone\.pxd\), nor made by a rule\. Correct the name, or declare the rule \(add_custom_command\) or the target before this call\.$
add_cython_ufunc_module(bad good.pyx DEPENDS gone.pxd)
