"""What can be asked of a module, by what was found: cases that the CMake functions and the transpiler decide alike.

Each has a part of the message that refuses it, or nothing where it can be had.
"""

from typing import NamedTuple


class Found(NamedTuple):
    """The versions found."""

    cython: str = "3.3.1"
    python: str = "3.12.4"
    numpy: str = "2.3.0"  # empty for a module without NumPy
    free_threaded: bool = False


NOW = Found()
WITHOUT_NUMPY = Found(numpy="")
NOT_A_VERSION = "is not a version of the form <major>.<minor>, such as"

STABLE_ABI = [
    ("3.11", NOW, ""),
    ("3.12", NOW, ""),
    ("3.13", NOW, "needs Python 3.13 or newer to build with; found Python 3.12.4"),
    ("3.10", NOW, "needs the ABI of Python 3.11 or newer, the first with the buffer protocol"),
    ("3.10", WITHOUT_NUMPY, ""),
    ("3.8", WITHOUT_NUMPY, ""),
    ("3.7", WITHOUT_NUMPY, "needs the ABI of Python 3.8 or newer"),
    ("3.7", NOW, "needs the ABI of Python 3.11 or newer"),
    ("4.0", NOW, "needs Python 4.0 or newer to build with"),
    ("3.12", Found(python="3.12.0rc1"), ""),
    ("3.12", Found(cython="3.0.12"), "needs Cython 3.1 or newer; found Cython 3.0.12"),
    ("3.12", Found(cython="3.1.0a1"), ""),
    ("3.12", Found(numpy="1.26.4"), "needs NumPy 2.0 or newer to build with; found NumPy 1.26.4"),
    ("3.12", Found(numpy="2.0.0rc2"), ""),
    ("3.12", Found(free_threaded=True), "needs an interpreter with the GIL"),
    ("3.12", Found(cython="", numpy=""), "needs Cython 3.1 or newer"),
    ("3", NOW, NOT_A_VERSION),
    ("3.12.1", NOW, NOT_A_VERSION),
    ("cp312", NOW, NOT_A_VERSION),
    ("3,12", NOW, NOT_A_VERSION),
    (" 3.12", NOW, NOT_A_VERSION),
    ("3.\uff11\uff12", NOW, NOT_A_VERSION),  # digits, for Unicode
]

FREE_THREADED = [
    (NOW, ""),
    (Found(cython="3.0.12"), "needs Cython 3.1 or newer; found Cython 3.0.12"),
    (Found(cython="3.1.0b1"), ""),
    (Found(numpy="2.0.2", free_threaded=True), "needs NumPy 2.1 or newer"),
    (Found(numpy="2.1.0", free_threaded=True), ""),
    (Found(numpy="2.0.2"), ""),
    (Found(numpy="", free_threaded=True), ""),
]

# The headers of these can target ...
TARGETS_OF_NUMPY = ["1.7", "1.19", "1.25", "2.0", "2.3"]
NUMPY_TARGET = [
    *((version, True, "") for version in TARGETS_OF_NUMPY),
    ("1.18", True, "Give one of: 1.7, 1.19, 1.25, 2.0, 2.3"),
    ("1.2", True, "Give one of: "),
    ("2.30", True, "Give one of: "),
    ("01.25", True, "Give one of: "),
    ("1.25", False, "needs the headers of NumPy 1.25 or newer"),
    ("2", True, NOT_A_VERSION),
    ("1.25.0", True, NOT_A_VERSION),
    ("1.25rc1", True, NOT_A_VERSION),
    ("v1.25", True, NOT_A_VERSION),
]

# Names, and whether a module can have them. What CMake leaves to the transpiler is not here: letters beyond ASCII.
MODULE_NAME = {
    "fastmath": True,
    "mypkg.fastmath": True,
    "mypkg.sub._fast": True,
    "mypkg.__init__": True,
    "_": True,
    "match": True,  # a keyword in some places only
    "print": True,
    "__init__": False,  # of no package
    "": False,
    ".": False,
    "mypkg.": False,
    ".fastmath": False,
    "mypkg..fastmath": False,
    "2d": False,
    "mypkg.2d": False,
    "my-pkg.fastmath": False,
    "my pkg": False,
    "mypkg/fastmath": False,
    "mypkg:fastmath": False,
    "mypkg.import": False,
    "None.x": False,
    "async": False,
    "a+b": False,
    "a[0]": False,
    "a$b": False,
    "a\tb": False,
}
