# EXPECT: ^add_cython_ufunc_module\(bad\): notes\.txt has an extension that is neither a Cython source's \(\.pyx, \.py\) nor a helper's \(.*\), and it is not a target\. Rename it, or leave it out\.$
add_cython_ufunc_module(bad good.pyx notes.txt)
