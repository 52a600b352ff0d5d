import numpy
from Cython.Build import cythonize
from setuptools import Extension, setup

fastmath = Extension(
    "mypkg.fastmath",
    ["mypkg/fastmath.pyx", "mypkg/helpers.cpp"],
    language="c++",
    include_dirs=[numpy.get_include()],
    define_macros=[
        ("NPY_NO_DEPRECATED_API", "NPY_1_7_API_VERSION"),
        ("PY_ARRAY_UNIQUE_SYMBOL", "mypkg_ARRAY_API"),
    ],
    extra_compile_args=["-O3"],
)
setup(
    name="mypkg",
    packages=["mypkg"],
    ext_modules=cythonize([fastmath], compiler_directives={"boundscheck": False}),
)
