"""Builds this project in two directories, and asserts that the second build has all from caches, and the same.

Usage: check_builds.py <scratch directory> <cmake|meson> --cython-ufunc <its source directory> --c-compiler <cc>
         --cxx-compiler <c++> [--meson <meson>] [--ccache <ccache>]
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
from typing import Dict, List

from checkout import COMPILES, MODULES, Checkout, add_arguments


def cpu_seconds() -> float:
    """What the processes run so far have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Ccache:
    """The compiler cache, where there is one."""

    def __init__(self, program: str) -> None:
        self.program = program

    def since_last_time(self) -> Dict[str, int]:
        """Its hits and misses."""
        if not self.program:
            return {}
        lines = subprocess.check_output([self.program, "--print-stats"], text=True).splitlines()
        subprocess.run([self.program, "--zero-stats"], check=True, stdout=subprocess.DEVNULL)
        numbers = dict(line.split("\t") for line in lines)
        hits = int(numbers["direct_cache_hit"]) + int(numbers["preprocessed_cache_hit"])
        return {"hits": hits, "misses": int(numbers["cache_miss"])}


def counts_of(checkout: Checkout) -> Dict[str, int]:
    """What `cache --stats` prints."""
    program = checkout.source / "subprojects" / "cython-ufunc" / "transpiler" / "cython_ufunc_main.py"
    stats = checkout.run(sys.executable, str(program), "cache", "--stats")
    return {name: int(value) for name, value in re.findall(r"^(\w+) +(\d+)$", stats, re.MULTILINE)}


def check(options: argparse.Namespace, build_type: str, setting: str, cold: bool) -> None:
    """Builds in two directories. `cold`: the output cache is empty before."""
    ccache = Ccache(options.ccache)
    kind = f"{options.system} {build_type}, {setting}"
    checkouts: List[Checkout] = []
    used = []
    for name in ("one", "another, with a longer name"):
        folder = options.scratch / name
        # What a user sets so that ccache takes the two directories for one.
        environment = {"CCACHE_BASEDIR": str(folder)}
        flags = []
        if setting == "hash_dir":
            environment["CCACHE_NOHASHDIR"] = "1"
        elif setting == "prefix-map":
            flags.append(f"-ffile-prefix-map={folder}=.")
        checkout = Checkout(folder, options, build_type, launcher=options.ccache, flags=flags, environment=environment)
        checkout.configure()
        ccache.since_last_time()
        before = counts_of(checkout)
        start = cpu_seconds()
        printed = checkout.make()
        used.append(cpu_seconds() - start)
        after = counts_of(checkout)
        counts = {name: after[name] - before[name] for name in ("hits", "misses")}
        first = not checkouts
        missed = len(MODULES) if first and cold else 0
        assert counts == {"hits": len(MODULES) - missed, "misses": missed}, f"{kind}: output cache {counts}"
        if options.ccache:
            compiled = ccache.since_last_time()
            expected = {"hits": 0, "misses": COMPILES} if first else {"hits": COMPILES, "misses": 0}
            assert compiled == expected, f"{kind}: ccache {compiled}, expected {expected}"
        # Cython's warnings come again, and name this directory's file.
        assert f"warning: {checkout.source}/src/mypkg/solver.pyx:22:4: Unreachable code" in printed, printed
        workers = list(checkout.build.rglob("cython_ufunc_worker"))
        assert bool(workers) == bool(missed), f"{kind}: a worker was started for nothing"
        checkout.call()
        again = checkout.make()
        assert "Transpiling" not in again and "Generating" not in again, again
        checkouts.append(checkout)

    one, other = checkouts
    sources = one.sources()
    assert other.sources() == sources, f"{kind}: the two directories have other sources"
    absolute = re.compile(rb'"/[^"/\n]+/[^"\n]*\.(?:pyx|pxd|pxi|py)"')
    for name, content in sources.items():
        for folder in (str(options.scratch), sys.prefix, str(options.cython_ufunc)):
            assert folder.encode() not in content, f"{kind}: {name} names {folder}"
        assert not absolute.search(content), f"{kind}: {name} has an absolute path: {absolute.search(content)[0]}"
    # What depends on the file that was taken from the cache is as right as if Cython had read it.
    (other.source / "shared" / "units.pxi").write_text(
        (one.source / "shared" / "units.pxi").read_text().replace("1000 *", "500 * 2 *")
    )
    printed = other.make()
    assert "solver.pyx" in printed and "filters.pyx" not in printed, printed
    assert other.sources() != sources
    shutil.copy(one.source / "shared" / "units.pxi", other.source / "shared")
    other.call()
    ratio = f"{used[0] / used[1]:.1f} times less CPU"
    print(f"{kind}: the second build had all {len(MODULES)} translations and {COMPILES} compiles from caches; {ratio}")


def check_without_caches(options: argparse.Namespace) -> None:
    """Cython's own output is the same in two directories, and the same as from the cache."""
    checkouts = [Checkout(options.scratch / name, options, build="plain") for name in ("one", "a third directory")]
    for checkout in checkouts:
        checkout.configure()
    from_cache = checkouts[0].build.with_name("build Debug")
    checkouts[1].make(CYTHON_UFUNC_CACHE="")
    made = checkouts[1].sources()
    for name, content in made.items():
        assert (from_cache / name).read_bytes() == content, f"{name} from the cache is not what Cython makes"
    print(f"{options.system}: the same sources without the cache")


def main() -> None:
    """Runs the checks."""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--ccache", default="")
    options = parser.parse_args()
    options.scratch = options.scratch.resolve()
    shutil.rmtree(options.scratch, ignore_errors=True)
    for name in list(os.environ):
        if name.startswith(("CCACHE_", "CYTHON_UFUNC_")):
            del os.environ[name]
    os.environ["CCACHE_DIR"] = str(options.scratch / "ccache")
    os.environ["CYTHON_UFUNC_CACHE"] = str(options.scratch / "outputs")
    check(options, "Release", "base_dir", cold=True)
    check(options, "Debug", "hash_dir" if options.system == "meson" else "prefix-map", cold=False)
    check_without_caches(options)


main()
