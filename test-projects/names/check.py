"""Builds this project, whose modules have names beyond ASCII, in directories with unusual names.

Usage: check.py <scratch directory> --generator <name> [<cmake argument> ...]

Each name is tried for the source directory and for the build directory. Where the project cannot be built, or not
exactly rebuilt, cython-ufunc has to say so, and the plain C project in plain/ has to have the same trouble.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List, NamedTuple, Optional, Tuple

HERE = Path(__file__).resolve().parent


class Outcome(NamedTuple):
    """What became of one project."""

    configured: bool
    built: bool
    rebuilt_nothing: bool
    messages: str


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    """Runs `command`; takes its output and errors together."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")


class Trial:
    """Tries one generator in one scratch directory."""

    def __init__(self, scratch: Path, generator: str, arguments: List[str]) -> None:
        self.scratch = scratch
        self.generator = generator
        self.arguments = arguments

    def build(self, project: Path, source: str, build: str) -> Outcome:
        """Builds a copy of `project` in directories of those names, twice."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        source_dir, build_dir = self.scratch / source, self.scratch / build
        shutil.copytree(project, source_dir)
        configured = run(
            "cmake", "-S", str(source_dir), "-B", str(build_dir), "-G", self.generator,
            f"-DPython_EXECUTABLE={sys.executable}", *self.arguments,
        )  # fmt: skip
        if configured.returncode:
            return Outcome(False, False, False, configured.stdout)
        first = run("cmake", "--build", str(build_dir))
        if first.returncode:
            return Outcome(True, False, False, configured.stdout + first.stdout)
        second = run("cmake", "--build", str(build_dir)).stdout
        nothing = "Building" not in second and "Transpiling" not in second
        return Outcome(True, True, nothing, configured.stdout + second)

    def call(self, build: str) -> None:
        """Calls the modules that were built."""
        environment = {**os.environ, "PYTHONPATH": str(self.scratch / build), "PYTHONUTF8": "1"}
        subprocess.run([sys.executable, str(HERE / "call.py")], check=True, env=environment)

    def expect_success(self, source: str, build: str) -> None:
        """Asserts that the project is built there, exactly rebuilt, and works."""
        outcome = self.build(HERE, source, build)
        assert outcome.built and outcome.rebuilt_nothing, outcome.messages
        assert "CMake Warning" not in outcome.messages, outcome.messages
        self.call(build)
        (self.scratch / source / "three.pxi").touch()
        touched = run("cmake", "--build", str(self.scratch / build)).stdout
        assert "Transpiling modé.pyx" in touched and "added.pyx" not in touched, touched
        print(f"works: source {source!r}, build {build!r}", flush=True)

    def expect_message(self, source: str, build: str, message: Optional[str]) -> None:
        """Asserts that the project fails, or is not exactly rebuilt, with that message, and the plain one as well."""
        outcome = self.build(HERE, source, build)
        if message is not None:
            assert message in " ".join(outcome.messages.split()), outcome.messages
        assert not outcome.rebuilt_nothing, "it works: the message is wrong"
        if outcome.built:
            self.call(build)
        plain = self.build(HERE / "plain", source, build)
        assert not plain.rebuilt_nothing, plain.messages
        what = "is built again each time" if outcome.built else "fails"
        print(f"{what}, with a message: source {source!r}, build {build!r}", flush=True)


def version_of(tool: str) -> Tuple[int, ...]:
    """The first two numbers of the version that the program `tool` says it has."""
    found = re.search(r"(\d+)\.(\d+)", run(tool, "--version").stdout)
    assert found, tool
    return tuple(int(number) for number in found.groups())


def check(trial: Trial, ninja_reads_all: bool, cmake_version: Tuple[int, ...]) -> None:
    """Tries the names."""
    ninja = trial.generator == "Ninja"
    # A '$' beside a space is more than CMake can write into its own rules.
    trial.expect_success("a b(c)+%é{d},e=@~!", "x$y(z)")
    trial.expect_success("x$y(z)", "a b(c)+%é{d},e=@~!")
    if not ninja or ninja_reads_all:
        trial.expect_success("it's R&D", "it's R&D build")
    else:
        trial.expect_message("it's R&D", "build", "has a name with ', which Ninja")
        trial.expect_message("source", "R&D", "has a name with &, which Ninja")
    trial.expect_message("a;b", "build", "has a name with ';', at which CMake splits")
    trial.expect_message("source", "a;b", None)  # CMake itself stops, in project()
    if ninja and cmake_version >= (3, 30):
        trial.expect_success("source", "a#b")
    else:
        trial.expect_message("source", "a#b", "has a name with '#', which")
    if ninja:
        trial.expect_success("a#b", "build")
    else:
        trial.expect_message("a#b", "build", None)  # make itself stops, before it builds anything


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--generator", required=True)
    options, arguments = parser.parse_known_args()
    reads_all = options.generator == "Ninja" and version_of("ninja") >= (1, 13)
    check(Trial(options.scratch.resolve(), options.generator, arguments), reads_all, version_of("cmake"))


main()
