# EXPECT: ^add_cython_ufunc_module\(bad\): the headers of NumPy \S+ offer functions that NumPy has since 2\.5 to modules for older ones, which crash there when they call them: array\[378\] \(_PyTimedeltaScalarObject_GetValue\)\. Build with NumPy another release of 2\.5, or with one before 2\.5\.$
# WARNING
find_package(Python COMPONENTS Interpreter Development.Module NumPy REQUIRED)
set(folder "${CMAKE_CURRENT_BINARY_DIR}/headers")
file(WRITE "${folder}/numpy/__multiarray_api.h" "#define _PyTimedeltaScalarObject_GetValue \\\n    PyArray_API[378])\n")
list(APPEND Python_NumPy_INCLUDE_DIRS "${folder}")
add_cython_ufunc_module(bad good.pyx)
