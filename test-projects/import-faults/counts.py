"""Counts what something done many times leaves behind."""

import gc
import sys
import sysconfig
from typing import Any, Callable, Dict, List, Optional

TABLES = ("_ARRAY_API", "_UFUNC_API")
# A Python that can do without the GIL keeps blocks of each import, of a module in Python whose code raises too.
KEEPS_BLOCKS = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def numpy_objects() -> List[Any]:
    """NumPy's C extension and its tables, where it is loaded."""
    names = ("numpy._core._multiarray_umath", "numpy.core._multiarray_umath")
    loaded = [sys.modules[name] for name in names if name in sys.modules][:1]
    return [item for umath in loaded for item in (umath, *(getattr(umath, name, None) for name in TABLES))]


def counts(watched: List[Any]) -> Dict[str, int]:
    """What the interpreter counts: allocated blocks, references to `watched`, and with a debug Python all references."""
    clear_caches = getattr(sys, "_clear_internal_caches", None) or getattr(sys, "_clear_type_cache", None)
    if clear_caches:
        clear_caches()  # the cache of attributes keeps their names
    gc.collect()
    result = {f"references to {item!r:.60}": sys.getrefcount(item) for item in watched}
    for what, name in {"blocks": "getallocatedblocks", "references": "gettotalrefcount"}.items():
        if hasattr(sys, name) and not (what == "blocks" and KEEPS_BLOCKS):
            result[what] = getattr(sys, name)()
    return result


def growth(work: Callable[[], object], warm_up: int, times: int) -> Dict[str, int]:
    """By how much the counts grow while `work` is done so many times, after it was done `warm_up` times."""
    watched = numpy_objects() if hasattr(sys, "getrefcount") else []
    for _ in range(warm_up):
        work()
    first = counts(watched)
    before = counts(watched)  # what it has more than the first is what keeping such counts takes
    for _ in range(times):
        work()
    after = counts(watched)
    return {what: count - before[what] - (before[what] - first[what]) for what, count in after.items()}


def leaves_nothing(work: Callable[[], object], warm_up: int = 10, times: int = 20) -> None:
    """Asserts that `work` leaves nothing behind: less than one of anything for each time that it is done."""
    leaves_no_more(work, None, warm_up, times)


def leaves_no_more(
    work: Callable[[], object], control: Optional[Callable[[], object]], warm_up: int, times: int
) -> None:
    """Asserts that `work` leaves no more behind than `control`, when there is one."""
    allowed = growth(control, warm_up, times) if control else {}
    for _ in range(5):  # what Python keeps for itself now and then does not grow each time
        grown = growth(work, warm_up, times)
        if all(count < allowed.get(what, 0) + times for what, count in grown.items()):
            return
    raise AssertionError(f"done {times} times, it leaves behind: {grown}; the control: {allowed}")
