# EXPECT: ^add_cython_ufunc_module\(bad\): .*/old\.pyx says '# distutils: libraries = m', which only setuptools reads\. Use target_link_libraries\(\)\.$
# WARNING
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module NumPy
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/old.pyx" "# distutils: libraries = m\n")
add_cython_ufunc_module(bad "${CMAKE_CURRENT_BINARY_DIR}/old.pyx")
