# EXPECT: ^cython_ufunc_expand_templates\(files\): DEFINE '8' is not of the form <name>=<value>, such as WIDTH=8\. Correct it\.$
cython_ufunc_expand_templates(files good.pxd.in DEFINE 8)
