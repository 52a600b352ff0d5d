# SPDX-License-Identifier: BSD-3-Clause
"""Reads the file of an extension module, by the format that its first bytes name."""

from pathlib import Path
from typing import Callable, List, Tuple

from cython_ufunc.doctor import elf, mach_o, pe
from cython_ufunc.doctor.binary import Binary, DamagedError
from cython_ufunc.errors import UserError


def read_binary(path: Path) -> Binary:
    """Reads the file. Raises UserError for one that is no shared library, or a part of one."""
    readers: List[Tuple[Tuple[bytes, ...], Callable[[bytes], Binary]]] = [
        (elf.MAGIC, elf.read),
        (pe.MAGIC, pe.read),
        (mach_o.MAGIC, mach_o.read),
    ]
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}. Check the path and its permissions.") from None
    for magic, read in readers:
        if not data.startswith(magic):
            continue
        try:
            return read(data)
        except DamagedError as error:
            raise UserError(f"{path} is damaged or only a part of a file: {error}. Build or copy it again.") from None
    raise UserError(
        f"{path} is not an extension module: it is {len(data)} bytes that begin as no shared library of Linux (ELF), "
        "Windows (PE) or macOS (Mach-O) does. Give a .so or .pyd file, a wheel, or a build directory."
    )
