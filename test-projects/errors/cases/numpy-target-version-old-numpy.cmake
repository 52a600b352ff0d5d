# EXPECT: ^add_cython_ufunc_module\(bad\): NUMPY_TARGET_VERSION 1\.19 needs the headers of NumPy 1\.25 or newer; found NumPy 1\.19\.5, whose modules run on 1\.19\.5 and newer only\. Build with a newer NumPy, or leave it out\.$
# PYTHONPATH: numpy-1.19
add_cython_ufunc_module(bad good.pyx NUMPY_TARGET_VERSION 1.19)
