"""Calls the modules, built and installed, and looks at how their files were hardened.

Usage: check.py <build directory> [CFLAGS=<flags> CXXFLAGS=<flags> LDFLAGS=<flags>]
  the flags are those of the environment that the build was configured in
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

BUILD = Path(sys.argv[1]).resolve()
FLAGS = {name: shlex.split(value) for name, _, value in (argument.partition("=") for argument in sys.argv[2:])}
TRANSPILER = Path(__file__).resolve().parent.parent.parent / "transpiler"
IS_MESON = (BUILD / "meson-info").is_dir()
MODULES = ("in_c", "in_cxx")
CALL = """
import in_c, in_cxx
for module in (in_c, in_cxx):
    assert list(module.doubled([1.0])) == [2.0] and list(module.length(b"four")) == [4]
"""
# What would take back what a distribution asked for.
WEAKER = re.compile(
    r"-fno-stack-protector|-U_?FORTIFY_SOURCE|-fcf-protection=none|-z,?(execstack|norelro|lazy|notext)|-fno-(pic|PIC)|-w|-s"
)


def output(*command: object) -> str:
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def install() -> Path:
    """Installs the build; returns the folder with the modules."""
    folder = BUILD / "staging"
    shutil.rmtree(folder, ignore_errors=True)
    if IS_MESON:
        # By the Meson that set the build up, which the build knows.
        subprocess.run(["ninja", "-C", BUILD, "install"], check=True, env={**os.environ, "DESTDIR": str(folder)})
        return next(folder.rglob("in_c.*.so")).parent
    output("cmake", "--install", BUILD, "--prefix", folder)
    return folder


def check_file(file: Path, full_relro: bool) -> None:
    """Looks at what the loader will do with the file."""
    segments = output("readelf", "--wide", "--segments", file)
    dynamic = output("readelf", "--wide", "--dynamic", file)
    stack = re.findall(r"GNU_STACK .* (\w+) +0x\w+$", segments, re.MULTILINE)
    assert stack == ["RW"], f"{file}: the stack is {stack}"
    assert "GNU_RELRO" in segments, f"{file} has no RELRO"
    assert ("NOW" in dynamic) == full_relro, f"{file}: full RELRO should be {full_relro}\n{dynamic}"
    for tag in ("TEXTREL", "RPATH", "RUNPATH"):
        assert tag not in dynamic, f"{file} has {tag}\n{dynamic}"


def check_fortified(file: Path) -> None:
    """The helper's flags had their effect."""
    needed = output("nm", "--dynamic", "--undefined-only", file)
    for symbol in ("__strcpy_chk", "__stack_chk_fail"):
        assert symbol in needed, f"{file} does not use {symbol}\n{needed}"


def commands() -> List[str]:
    """The command lines of the build."""
    return output("ninja", "-C", BUILD, "-t", "commands").splitlines()


def contains(words: List[str], flags: List[str]) -> bool:
    """True when `flags` stand in `words` in one piece."""
    return any(words[start : start + len(flags)] == flags for start in range(len(words) - len(flags) + 1))


def check_commands() -> None:
    """Every compile and every link of the modules has the flags, unchanged, and nothing that takes them back."""
    compiled: Dict[str, int] = {}
    linked = 0
    for line in commands():
        words = shlex.split(line)
        weaker = [word for word in words if WEAKER.fullmatch(word.replace("-Wl,", "", 1))]
        if "-c" in words and "-o" in words:
            source = Path(words[words.index("-c") + 1])
            flags = FLAGS["CFLAGS" if source.suffix == ".c" else "CXXFLAGS"]
            assert contains(words, flags), f"{source} is compiled without {flags}: {words}"
            optimisation = [word for word in words if re.fullmatch(r"-O\w*", word)]
            assert optimisation == ["-O2"], f"{source} is compiled with {optimisation}"
            assert not weaker, f"{source} is compiled with {weaker}"
            compiled[source.name] = compiled.get(source.name, 0) + 1
        elif "-shared" in words and "-o" in words:
            assert contains(words, FLAGS["LDFLAGS"]), f"linked without {FLAGS['LDFLAGS']}: {words}"
            assert not weaker, f"linked with {weaker}"
            assert not any("rpath" in word for word in words), words
            linked += 1
    names = "\n".join(compiled)
    # Helpers, shims, bodies, and the runtime, whose files are compiled as one.
    for expected in (
        r"helper\.c",
        r"helper\.cpp",
        r"\w+_init\.cpp",
        r"(lengths|in_c)\.c",
        r"(lengths|in_cxx)\.cpp",
        r".*unity.*",
    ):
        assert re.search(f"^(?:{expected})$", names, re.MULTILINE), (
            f"{expected} is not among what was compiled: {names}"
        )
    assert linked == len(MODULES), linked
    print(f"hardening: {sum(compiled.values())} compiles and {linked} links have the distribution's flags")


def check_doctor(folder: Path) -> None:
    """Link-time optimisation leaves what the doctor reads where it is."""
    environment = {**os.environ, "PYTHONPATH": str(TRANSPILER)}
    command = [sys.executable, "-m", "cython_ufunc", "doctor", "--json", "--no-import", str(folder)]
    report = json.loads(subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout)
    assert [item["module"] for item in report["extensions"]] == list(MODULES)
    for item in report["extensions"]:
        assert item["made_with_cython_ufunc"] and item["numpy"]["oldest"] and item["numpy"]["built_with"], item
        assert item["exports"] == [f"PyInit_{item['module']}"], item["exports"]


def main() -> None:
    installed = install()
    for folder in (BUILD, installed):
        for name in MODULES:
            (file,) = folder.glob(f"{name}.*.so")
            check_file(file, full_relro="-Wl,-z,now" in FLAGS.get("LDFLAGS", []))
            if FLAGS:
                check_fortified(file)
        subprocess.run([sys.executable, "-c", CALL], check=True, env={**os.environ, "PYTHONPATH": str(folder)})
    check_doctor(installed)
    if FLAGS:
        check_commands()
    print("hardening: no executable stack, RELRO, no text relocations, no run path")


main()
