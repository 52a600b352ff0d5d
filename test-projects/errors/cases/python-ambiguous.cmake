# EXPECT: ^add_cython_ufunc_module\(bad\): two interpreters were found that it could be for: /\S+ by find_package\(Python\), and /.*/second-python/python by find_package\(Python3\)\. Set CYTHON_UFUNC_PYTHON_PACKAGE to Python or to Python3 before\.$
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module NumPy
set(second "${CMAKE_CURRENT_BINARY_DIR}/second-python")
file(WRITE "${second}/python" "#!/bin/sh\nexec '${Python_EXECUTABLE}' \"$@\"\n")
file(CHMOD "${second}/python" PERMISSIONS OWNER_READ OWNER_EXECUTE)
set(Python3_EXECUTABLE "${second}/python")
find_package(Python3 REQUIRED COMPONENTS Interpreter Development.Module NumPy)
add_cython_ufunc_module(bad good.pyx)
