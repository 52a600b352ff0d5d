# EXPECT: ^add_cython_ufunc_module\(bad\): the source .*secret\.cpp cannot be read: .*\. Change its permissions\.$
# WITHOUT_PRIVILEGES
set(secret "${CMAKE_CURRENT_BINARY_DIR}/secret.cpp")
file(WRITE "${secret}" "")
file(CHMOD "${secret}" PERMISSIONS OWNER_WRITE)
add_cython_ufunc_module(bad good.pyx "${secret}")
