"""Writes a small extension module of macOS, as Apple's linker lays one out. It has no code: it is read, never run."""

import struct

STRINGS = b"\0UFuncDefinition.add_one_ufunc_def\0cython_runtime\0"
SYMBOLS = ((b"_PyInit_sample", 0x0F), (b"_helper", 0x0E), (b"_PyErr_Occurred", 0x01))  # exported, own, needed
PAGE = 0x1000


def mach_o(processor: int = 0x0100000C) -> bytes:
    """For arm64 when nothing else is given."""
    names = b"\0" + b"".join(name + b"\0" for name, _ in SYMBOLS)
    table = b""
    for name, kind in SYMBOLS:
        table += struct.pack("<IBBHQ", names.index(name), kind, 1 if kind & 0x0E else 0, 0, 0)
    library = b"/usr/lib/libSystem.B.dylib\0".ljust(32, b"\0")
    run_path = b"@loader_path/../lib\0".ljust(24, b"\0")
    commands = [
        struct.pack("<II16sQQQQIIII", 0x19, 72, b"__TEXT", 0, PAGE, 0, PAGE, 5, 5, 0, 0),
        struct.pack("<II16sQQQQIIII", 0x19, 72, b"__LINKEDIT", PAGE, PAGE, PAGE, len(table + names), 1, 1, 0, 0),
        struct.pack("<IIIIII", 0x2, 24, PAGE, len(SYMBOLS), PAGE + len(table), len(names)),
        struct.pack("<IIIIII", 0xC, 24 + len(library), 24, 2, 0x10000, 0x10000) + library,
        struct.pack("<III", 0x8000001C, 12 + len(run_path), 12) + run_path,
    ]
    header = struct.pack("<IIIIIIII", 0xFEEDFACF, processor, 0, 8, len(commands), sum(map(len, commands)), 0, 0)
    text = (header + b"".join(commands) + STRINGS).ljust(PAGE, b"\0")
    return text + table + names


def universal() -> bytes:
    """For both processors of macOS."""
    parts = [mach_o(0x01000007), mach_o()]
    offsets = [PAGE, 4 * PAGE]
    data = struct.pack(">II", 0xCAFEBABE, 2)
    for part, processor, offset in zip(parts, (0x01000007, 0x0100000C), offsets):
        data += struct.pack(">IIIII", processor, 0, offset, len(part), 12)
    for part, offset in zip(parts, offsets):
        data = data.ljust(offset, b"\0") + part
    return data
