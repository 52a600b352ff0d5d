# EXPECT: ^add_cython_ufunc_module\(bad\): the Python of the target \(Linux, riscv64\) does not say what the names of its modules end in\. Set CYTHON_UFUNC_EXTENSION_SUFFIX to what it prints for: python3 -c "import sysconfig; print\(sysconfig\.get_config_var\('EXT_SUFFIX'\)\)"\. Its headers were expected in: \S+\.$
# LANGUAGES: C CXX
# DEFINE: CMAKE_SYSTEM_NAME=Linux
# DEFINE: CMAKE_SYSTEM_PROCESSOR=riscv64
add_cython_ufunc_module(bad good.pyx NO_NUMPY)
