# EXPECT: ^cython_ufunc_expand_templates\(files\): 'good\.pyx' is not a template: its name does not end in \.in\. Rename it, or leave it out\.$
cython_ufunc_expand_templates(files good.pyx)
