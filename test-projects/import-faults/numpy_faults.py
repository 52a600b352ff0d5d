"""Imports a module under one fault of NumPy, again and again, then without the fault.

Usage: numpy_faults.py <module> <fault> <scratch folder>
Asserts that the fault gives the exception that it should, that the failing imports leave nothing behind, and that the
module works as soon as the fault is gone. Each fault is a context manager here; FAULTS says what the import must raise.
"""

import contextlib
import ctypes
import importlib
import importlib.util
import re
import sys
import types
from pathlib import Path
from typing import Any, Callable, ContextManager, Dict, Iterator, List, NamedTuple, Optional, Sequence, Type

from counts import leaves_nothing


def numpy_modules() -> List[str]:
    """The modules of a NumPy that are loaded."""
    return [name for name in sys.modules if name.split(".")[0] == "numpy"]


def forget_numpy() -> None:
    """Makes the next import of NumPy find it again. Only for fakes: the real one cannot be imported twice."""
    for name in numpy_modules():
        del sys.modules[name]
    importlib.invalidate_caches()


@contextlib.contextmanager
def in_front(folder: Path) -> Iterator[None]:
    """`folder` first on sys.path."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        forget_numpy()


@contextlib.contextmanager
def missing(scratch: Path) -> Iterator[None]:
    """No NumPy on sys.path."""
    path = sys.path[:]
    sys.path[:] = [folder for folder in path if not Path(folder, "numpy").is_dir()]
    try:
        yield
    finally:
        sys.path[:] = path
        importlib.invalidate_caches()


def package(scratch: Path, code: str) -> ContextManager[None]:
    """A package `numpy` whose import runs `code`."""
    folder = scratch / "numpy"
    folder.mkdir()
    (folder / "__init__.py").write_text(code)
    return in_front(scratch)


def raising(exception: str) -> Callable[[Path], ContextManager[None]]:
    """A NumPy whose import raises `exception`."""
    return lambda scratch: package(scratch, f"raise {exception}\n")


def shadowed(scratch: Path) -> ContextManager[None]:
    """A file numpy.py of the user's."""
    (scratch / "numpy.py").write_text("array = list\n")
    return in_front(scratch)


def empty_folder(scratch: Path) -> ContextManager[None]:
    """A folder `numpy` with nothing in it, and no NumPy."""
    (scratch / "numpy").mkdir()
    stack = contextlib.ExitStack()
    stack.enter_context(missing(scratch))
    stack.enter_context(in_front(scratch))
    return stack


def other_python(scratch: Path) -> ContextManager[None]:
    """The real NumPy, with its C extension named as for another Python."""
    spec = importlib.util.find_spec("numpy")
    assert spec and spec.origin
    real = Path(spec.origin).parent
    core = (
        "_core"
        if (real / "_core" / "__init__.py").is_file() and list(real.glob("_core/_multiarray_umath.*.*"))
        else "core"
    )
    copy = scratch / "numpy"
    (copy / core).mkdir(parents=True)
    for folder in (real, real / core):
        for entry in folder.iterdir():
            target = copy / entry.relative_to(real)
            name = re.sub(r"(?<=^_multiarray_umath\.)[^.]*", "another-python", target.name)
            if not target.exists() and entry.name != "__pycache__":
                target.with_name(name).symlink_to(entry)
    return in_front(scratch)


@contextlib.contextmanager
def loaded_instead(module: Any) -> Iterator[None]:
    """`module` as sys.modules["numpy"]."""
    sys.modules["numpy"] = module
    try:
        yield
    finally:
        forget_numpy()


class Hook:
    """An import hook that calls `answer` when it is asked for NumPy."""

    def __init__(self, answer: Callable[[], None]) -> None:
        self.answer = answer

    def find_spec(self, name: str, path: Optional[Sequence[str]] = None, target: Any = None) -> None:
        """Finds nothing; may raise."""
        if name.split(".", maxsplit=1)[0] == "numpy":
            self.answer()


@contextlib.contextmanager
def hooked(answer: Callable[[], None]) -> Iterator[None]:
    """The hook in front of the others."""
    hook: Any = Hook(answer)
    sys.meta_path.insert(0, hook)
    try:
        yield
    finally:
        sys.meta_path.remove(hook)


def blocked(exception: Type[BaseException], text: str) -> Callable[[Path], ContextManager[None]]:
    """A hook that raises `exception` whenever it is asked for NumPy."""

    def answer() -> None:
        raise exception(text)

    return lambda _: hooked(answer)


@contextlib.contextmanager
def interrupted_report(scratch: Path) -> Iterator[None]:
    """NumPy is missing, and Ctrl-C comes while the runtime looks what there is."""

    def answer() -> None:
        frame = sys._getframe()
        while frame:
            if frame.f_code.co_name == "find_spec" and frame.f_globals["__name__"] == "importlib.util":
                raise KeyboardInterrupt
            frame = frame.f_back  # type: ignore[assignment]

    with missing(scratch), hooked(answer):
        yield


@contextlib.contextmanager
def no_imports(scratch: Path) -> Iterator[None]:
    """Everything that C code imports is refused, the standard library too."""
    import builtins

    def refuse(name: str, *arguments: Any, **keywords: Any) -> Any:
        if sys._getframe(1).f_globals.get("__name__") == __name__:  # what is tested
            return original(name, *arguments, **keywords)
        raise ImportError(f"{name} is refused")

    original = builtins.__import__
    builtins.__import__ = refuse
    try:
        yield
    finally:
        builtins.__import__ = original


def umath() -> types.ModuleType:
    """NumPy's C extension, which is loaded by this."""
    import numpy  # noqa: F401

    return next(
        sys.modules[name]
        for name in ("numpy._core._multiarray_umath", "numpy.core._multiarray_umath")
        if name in sys.modules
    )


@contextlib.contextmanager
def other_umath(table: str, value: Callable[[Any], Any]) -> Iterator[None]:
    """NumPy's C extension replaced by a copy that has another object as `table`; without it when `value` returns None."""
    real = umath()
    fake = types.ModuleType(real.__name__)
    fake.__dict__.update({name: getattr(real, name) for name in ("_ARRAY_API", "_UFUNC_API") if name != table})
    replacement = value(getattr(real, table))
    if replacement is not None:
        setattr(fake, table, replacement)
    names = [name for name in ("numpy._core._multiarray_umath", "numpy.core._multiarray_umath") if name in sys.modules]
    originals = {name: sys.modules[name] for name in names}
    for name in originals:
        sys.modules[name] = fake
    try:
        yield
    finally:
        sys.modules.update(originals)


def with_table(table: str, value: Callable[[Any], Any]) -> Callable[[Path], ContextManager[None]]:
    """A NumPy that has another object as `table`."""
    return lambda _: other_umath(table, value)


KEPT: List[Any] = []  # what the interpreter points to


def capsule(pointer: Any, name: Optional[bytes] = None) -> Any:
    """A capsule; the name has to live as long."""
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    KEPT.append(name)
    return new(pointer, name, None)


def empty_capsule(real: Any) -> Any:
    """A capsule whose pointer is NULL, which Python's functions would not make: the pointer follows the object's head."""
    result = capsule(1)
    ctypes.c_void_p.from_address(id(result) + object.__basicsize__).value = None
    return result


def versions(abi: int, feature: int) -> Callable[[Any], Any]:
    """An array API table whose functions tell these versions, as a much older or newer NumPy's do."""

    def make(real: Any) -> Any:
        table = (ctypes.c_void_p * 400)()
        prototype = ctypes.PYFUNCTYPE(ctypes.c_uint)
        functions = {0: prototype(lambda: abi), 211: prototype(lambda: feature)}
        for index, function in functions.items():
            table[index] = ctypes.cast(function, ctypes.c_void_p).value
        KEPT.extend([table, functions])
        return capsule(ctypes.addressof(table))

    return make


class Fault(NamedTuple):
    """What disturbs the import, and what the import must raise."""

    cause: Callable[[Path], ContextManager[None]]
    exception: Type[BaseException]
    text: str = ""
    raised_from: Optional[Type[BaseException]] = None


TABLE_FAULTS: Dict[str, Callable[[Any], Any]] = {
    "missing": lambda _: None,
    "of a wrong type": lambda _: "a string",
    "of another name": lambda _: capsule(1, b"another"),
    "NULL": empty_capsule,
}
FAULTS = {
    "missing": Fault(missing, ImportError, "found no NumPy: NumPy could not be imported", ModuleNotFoundError),
    "shadowed": Fault(shadowed, ImportError, r"numpy\.py: that file is not NumPy and hides it", ModuleNotFoundError),
    "an empty folder": Fault(
        empty_folder, ImportError, "found no NumPy: NumPy could not be imported", ModuleNotFoundError
    ),
    "of another Python": Fault(other_python, ImportError, "that NumPy could not be imported", ImportError),
    "too old": Fault(
        with_table("_ARRAY_API", versions(0x1000009, 0x7)), ImportError, "this NumPy is too old", RuntimeError
    ),
    "too new": Fault(
        with_table("_ARRAY_API", versions(0x9000000, 0x99)),
        ImportError,
        "newer than the one it was built for",
        RuntimeError,
    ),
    "None in sys.modules": Fault(lambda _: loaded_instead(None), ImportError, "found no NumPy", ModuleNotFoundError),
    "a mock in sys.modules": Fault(
        lambda _: loaded_instead(types.ModuleType("numpy")),
        ImportError,
        "a module numpy that was loaded from no file: that module is not NumPy and hides it",
        ModuleNotFoundError,
    ),
    "an object in sys.modules": Fault(
        lambda _: loaded_instead(object()), ImportError, "that module is not NumPy", ModuleNotFoundError
    ),
    "raising RuntimeError": Fault(
        raising("RuntimeError('no AVX')"), ImportError, "that NumPy could not be imported", RuntimeError
    ),
    "raising KeyboardInterrupt": Fault(raising("KeyboardInterrupt"), KeyboardInterrupt),
    "raising SystemExit": Fault(raising("SystemExit(3)"), SystemExit, "^3$"),
    "raising MemoryError": Fault(raising("MemoryError"), MemoryError),
    "raising RecursionError": Fault(
        raising("RecursionError"), ImportError, "that NumPy could not be imported", RecursionError
    ),
    "a string that cannot be encoded": Fault(
        raising("ImportError('\\udcff')"), ImportError, "that NumPy could not be imported", ImportError
    ),
    "blocked": Fault(
        blocked(ImportError, "blocked"), ImportError, "found no NumPy: Python could not look for it", ImportError
    ),
    "blocked by SystemExit": Fault(blocked(SystemExit, "4"), SystemExit, "^4$"),
    "an interrupted report": Fault(interrupted_report, KeyboardInterrupt),
    "no imports": Fault(no_imports, ImportError, "Python could not look for it", ImportError),
    **{
        f"{table} {fault}": Fault(
            with_table(table, value),
            ImportError,
            "that NumPy could not be imported",
            AttributeError if fault == "missing" else ValueError,
        )
        for table in ("_ARRAY_API", "_UFUNC_API")
        for fault, value in TABLE_FAULTS.items()
    },
}


def attempt(name: str) -> BaseException:
    """The exception that the import of the module `name` raises."""
    try:
        importlib.import_module(name)
    except BaseException as error:
        assert name not in sys.modules
        return error
    raise AssertionError(f"{name} was imported, all the same")


def explain(name: str, fault: Fault) -> None:
    """Asserts that an import fails as it should."""
    error = attempt(name)
    what = f"{type(error).__name__}: {error}, raised from {error.__cause__!r}"
    assert type(error) is fault.exception, what
    assert re.search(fault.text, str(error)), what
    if fault.exception is ImportError:
        assert getattr(error, "name") == name, what
        assert str(error).startswith(f"{name} cannot use NumPy's C API: "), what
        assert fault.raised_from is not None and isinstance(error.__cause__, fault.raised_from), what
    print(ascii(what))


def main() -> None:
    """Runs the fault that the command line names."""
    name, fault, scratch = sys.argv[1], FAULTS[sys.argv[2]], Path(sys.argv[3])
    with fault.cause(scratch):
        explain(name, fault)
        leaves_nothing(lambda: attempt(name))
    module = importlib.import_module(name)
    assert module.double_it(21.0) == 42.0
    assert module.zeros_of(3).tolist() == [0.0, 0.0, 0.0]


if __name__ == "__main__":
    main()
