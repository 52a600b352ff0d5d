"""Calls modules built without NumPy, and asserts that nothing tried to import it."""

import importlib.abc
import importlib.util
import math
import sys
from pathlib import Path


class Forbidden(importlib.abc.MetaPathFinder):
    """Fails when NumPy is imported: the modules do not need it."""

    def find_spec(self, fullname, path, target=None):
        """See importlib.abc.MetaPathFinder."""
        assert not fullname.startswith("numpy"), f"{fullname} was imported"


assert importlib.util.find_spec("numpy") is None, "this check is for an interpreter without NumPy"
sys.meta_path.insert(0, Forbidden())

import letters  # noqa: E402
import tools.arithmetic  # noqa: E402
import words  # noqa: E402

counter = words.Counter("to be or not to be")
assert [counter.count(word) for word in ("to", "or", "is")] == [2, 1, 0]
assert tools.arithmetic.gcd(84, 36) == math.gcd(84, 36) == 12
assert not tools.arithmetic.__file__.endswith(".py")
assert letters.letter(2) == "c"

build = Path(sys.argv[1])
assert not list(build.rglob("*runtime*")) and not list(build.rglob("*_init.cpp")), "NumPy's tables were compiled in"
assert not list(build.glob("CMakeFiles/*/CMakeCXXCompiler.cmake")), "C++ was enabled"

print("no-numpy: three modules work in an interpreter without NumPy")
