"""Asserts the order array API, ufunc API, body, and that the shim's PyInit_ is the only symbol exported."""

import importlib
import importlib.util
import subprocess
import sys
import types
from pathlib import Path
from typing import Any, Set

import numpy as np
import recorder

TABLES = {"_ARRAY_API": "array API", "_UFUNC_API": "ufunc API"}


class RecordingModule(types.ModuleType):
    """Stands in for NumPy's C extension, and notes when a table is taken out of it."""

    def __getattr__(self, name: str) -> Any:
        if name in TABLES:
            recorder.events.append(TABLES[name])
        return getattr(original, name)


def symbols(file: Path, *arguments: str) -> Set[str]:
    """The symbols defined in `file` that `nm` lists with `arguments`."""
    output = subprocess.run(
        ["nm", "--defined-only", "--format=posix", *arguments, str(file)], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return {line.split()[0] for line in output.splitlines() if line}


UMATH = "._multiarray_umath"
old_name, new_name = "numpy.core" + UMATH, "numpy._core" + UMATH
original = sys.modules.get(new_name) or sys.modules[old_name]
sys.modules[original.__name__] = RecordingModule(original.__name__)
if importlib.util.find_spec("numpy._core"):
    # NumPy 1.26 has the new name, too, for a copy of what the old one has.
    sys.modules[new_name] = RecordingModule(new_name)
build = Path(sys.argv[1])

for module_name in ("multi_phase", "single_phase"):
    recorder.events.clear()
    module = importlib.import_module(module_name)
    print(module_name, recorder.events)
    assert recorder.events == ["array API", "ufunc API", "body"], recorder.events
    assert module.first_result == 6.0
    np.testing.assert_array_equal(module.triple([1.0, 2.0]), [3.0, 6.0])

    exported = symbols(Path(module.__file__), "--dynamic", "--extern-only")
    assert exported - {"_init", "_fini"} == {f"PyInit_{module_name}"}, exported
    objects = list(build.rglob(f"*{module_name}*.o"))
    assert len(objects) == 2, objects
    for path in objects:
        defined = {symbol for symbol in symbols(path) if symbol.startswith("PyInit_")}
        assert bool(defined) == ("_init." in path.name), f"{path} defines {defined}"

print("ordering: array API, ufunc API, body, in both kinds of initialisation; one symbol exported")
