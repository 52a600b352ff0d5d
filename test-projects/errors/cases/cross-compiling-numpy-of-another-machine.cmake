# EXPECT: ^add_cython_ufunc_module\(bad\): the NumPy headers in \S+ are for another machine: their long has 8 bytes, that of windows has 4\. Give those of the target's NumPy: Python_NumPy_INCLUDE_DIR with CMake, the property numpy-include-dir with Meson\.$
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module NumPy
# What a toolchain file would have set.
set(CMAKE_CROSSCOMPILING TRUE)
set(CMAKE_SYSTEM_NAME Windows)
add_cython_ufunc_module(bad good.pyx)
