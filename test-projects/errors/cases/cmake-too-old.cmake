# EXPECT: ^CythonUfunc: CMake 3\.20\.6 is too old; 3\.21 or newer is needed\. Install one with: python3 -m pip install \"cmake>=3\.21\"$
# DEFINE: CASE_FINDS_CYTHON_UFUNC=ON
set(CMAKE_VERSION 3.20.6)
find_package(CythonUfunc 0.1 REQUIRED)
