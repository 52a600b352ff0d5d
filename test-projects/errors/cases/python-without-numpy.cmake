# EXPECT: ^add_cython_ufunc_module\(bad\): NumPy was not found, or find_package\(Python\) was called without the component NumPy\. Found: Python [0-9.]+ at \S+\. Before it, call find_package\(Python COMPONENTS Interpreter Development\.Module NumPy REQUIRED\)\. Install NumPy with: \S+ -m pip install numpy \(in a build by pip: add it to requires in pyproject\.toml\)\. A module without NumPy says NO_NUMPY\.$
# FIND_PYTHON: Python COMPONENTS Interpreter Development.Module
add_cython_ufunc_module(bad good.pyx)
