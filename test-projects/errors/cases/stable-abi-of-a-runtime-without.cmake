# EXPECT: this is for the stable ABI, but the runtime is not: set STABLE_ABI \(CMake\) or the option stable_abi \(Meson\)
# BUILD
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module NumPy
# NEEDS: numpy >= 2.0, the first with the limited API
# NEEDS: cython >= 3.1, the first with the limited API
cython_ufunc_transpile(sources good.pyx)
Python_add_library(good MODULE ${sources})
target_link_libraries(good PRIVATE CythonUfunc::runtime)
target_compile_definitions(good PRIVATE Py_LIMITED_API=0x030b0000) # as USE_SABI 3.11 does, from CMake 3.26 on
