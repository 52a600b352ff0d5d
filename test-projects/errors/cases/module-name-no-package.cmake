# EXPECT: ^add_cython_ufunc_module\(bad\): MODULE_NAME '__init__' names no package\. Give it, such as MODULE_NAME mypkg\.__init__\.$
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/__init__.pyx" "")
add_cython_ufunc_module(bad "${CMAKE_CURRENT_BINARY_DIR}/__init__.pyx" MODULE_NAME __init__)
