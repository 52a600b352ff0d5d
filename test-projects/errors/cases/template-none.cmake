# EXPECT: ^cython_ufunc_expand_templates\(files\): no template among its arguments\. Give one, such as fastmath\.pyx\.in\.$
cython_ufunc_expand_templates(files DEFINE A=1)
