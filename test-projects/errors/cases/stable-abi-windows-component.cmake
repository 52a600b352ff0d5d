# EXPECT: ^add_cython_ufunc_module\(bad\): STABLE_ABI 3\.8 needs find_package\(Python COMPONENTS Development\.SABIModule\), of CMake 3\.26 or newer\. Change that, or leave STABLE_ABI out\.$
# PYTHONPATH: cython-3.1
set(WIN32 TRUE)
add_cython_ufunc_module(bad good.pyx STABLE_ABI 3.8 NO_NUMPY)
