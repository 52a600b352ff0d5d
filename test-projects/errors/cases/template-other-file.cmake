# EXPECT: ^cython_ufunc_expand_templates\(files\): 'good\.pyx' is not a template: its name ends in neither \.in nor \.tp\. Rename it, or leave it out\.$
cython_ufunc_expand_templates(files good.pyx)
