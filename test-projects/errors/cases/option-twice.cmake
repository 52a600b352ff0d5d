# EXPECT: ^add_cython_ufunc_module\(bad\): OPENMP is given twice\. Give it once\.$
add_cython_ufunc_module(bad good.pyx OPENMP OPENMP)
