# EXPECT: ^add_cython_ufunc_module\(bad\): the NumPy headers in \S+/numpy/include are not in a NumPy package that has a version\. Give the folder numpy/_core/include \(of NumPy 1: numpy/core/include\) of a NumPy that is installed for the target\.$
# LANGUAGES: C CXX
# DEFINE: CMAKE_SYSTEM_NAME=Linux
# DEFINE: CMAKE_SYSTEM_PROCESSOR=riscv64
set(Python_NumPy_INCLUDE_DIR "${CMAKE_CURRENT_SOURCE_DIR}/fakes/numpy-1.19/numpy/include")
add_cython_ufunc_module(bad good.pyx)
