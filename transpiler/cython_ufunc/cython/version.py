# SPDX-License-Identifier: BSD-3-Clause
"""The Cython of this interpreter, and what its version can do."""

import sys
from pathlib import Path
from typing import List, NamedTuple, Tuple

from cython_ufunc.errors import UserError, how_to_install

OLDEST_CYTHON = (3, 0, 0)
# The first with `--generate-shared`.
_OLDEST_WITH_SHARED_UTILITY = (3, 2)


class CythonInfo(NamedTuple):
    """The Cython of this interpreter."""

    version: str
    path: Path  # its package folder


def find_cython() -> CythonInfo:
    """This interpreter's Cython. Raises UserError when it has none, or one older than OLDEST_CYTHON."""
    oldest = ".".join(map(str, OLDEST_CYTHON))
    remedy = how_to_install(f"cython>={oldest}")
    try:
        import Cython
    except ModuleNotFoundError as error:
        raise UserError(f"{sys.executable} has no Cython ({error}). {remedy}") from None
    except Exception as error:
        raise UserError(
            f"{sys.executable} has a Cython that cannot be imported ({type(error).__name__}: {error}). {remedy}"
        ) from None
    info = CythonInfo(Cython.__version__, Path(Cython.__file__).resolve().parent)
    if version_tuple(info.version) < OLDEST_CYTHON:
        raise UserError(f"Cython {info.version} at {info.path} is too old; {oldest} or newer is needed. {remedy}")
    return info


def version_tuple(version: str) -> Tuple[int, ...]:
    """The leading numbers of a version: (3, 1, 0) for `3.1.0a1`."""
    numbers: List[int] = []
    for part in version.split(".")[:3]:
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
    return tuple(numbers)


def has_shared_utility() -> bool:
    """True when this interpreter's Cython can put its utility code into a module that others share."""
    return version_tuple(find_cython().version) >= _OLDEST_WITH_SHARED_UTILITY


def cython_version() -> str:
    """The version of this interpreter's Cython, which is known to be there."""
    from Cython import __version__

    return str(__version__)
