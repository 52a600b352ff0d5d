# SPDX-License-Identifier: BSD-3-Clause
"""Makes the manual's page of benchmarks, and its plots, from what ci/bench measured.

Usage: make_benchmarks.py [--check]
  reads benchmarks/*.json and page.rst.in, writes benchmarks.rst and _static/benchmark-*.svg (needs matplotlib)
  --check  compares instead: fails when the page or a plot is of other measurements, or of another template
"""

import hashlib
import json
import re
import statistics
import sys
import textwrap
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "ci"))

from benchmark import report  # noqa: E402
from benchmark.build_times import STEPS  # noqa: E402
from benchmark.report import Row  # noqa: E402

FOLDER = DOCS / "benchmarks"
PAGE = DOCS / "benchmarks.rst"
_MOST_MODULES_WITH_A_TARGET = 100
NOT_MEASURED = "*Not measured yet.*"


class Measurements:
    """What the files below benchmarks/ hold."""

    def __init__(self) -> None:
        self.parts: Dict[str, Dict[str, Any]] = {
            path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
        }

    def builds(self, part: str) -> Optional[List[Row]]:
        """The rows of a part that measured builds."""
        return report.rows_of(self.parts[part]["builds"]["contenders"]) if part in self.parts else None

    def get(self, part: str) -> Optional[Dict[str, Any]]:
        """What `part` measured, of the kind that its name says."""
        found: Optional[Dict[str, Any]] = self.parts.get(part, {}).get(part.replace("-", "_"))
        return found


def list_table(lines: Sequence[Sequence[str]]) -> str:
    """A reStructuredText table with one header row, in which a number stays on one line with its unit."""
    text = [".. list-table::", "  :class: figures", "  :header-rows: 1", "  :stub-columns: 1", ""]
    for line in lines:
        cells = ("" if cell == "-" else cell for cell in line)  # reStructuredText takes a dash for a list
        cells = (re.sub(r"(?<=\d) (?=(?:s|ms|µs|MB|kB|KB|B|MiB|KiB)\b)", "\u00a0", cell) for cell in cells)
        text += [f"  {'*' if place == 0 else ' '} - {cell}".rstrip() for place, cell in enumerate(cells)]
    return "\n".join(text)


def builds_table(part: str, kind: str) -> Callable[[Measurements], str]:
    """The table of builds."""

    def make(measurements: Measurements) -> str:
        rows = measurements.builds(part)
        if rows is None:
            return NOT_MEASURED
        lines = report.build_table(rows, kind)
        lines[0][0] = f"median {kind.upper() if kind == 'cpu' else kind} time"
        return list_table(lines)

    return make


def growth_table(step: str) -> Callable[[Measurements], str]:
    """The table of growth, in CPU time."""

    def make(measurements: Measurements) -> str:
        growth = measurements.get("growth")
        if growth is None:
            return NOT_MEASURED
        lines = report.growth_table(growth, step, "cpu")
        lines[0][0] = "median CPU time"
        return list_table([[re.sub(r" us$", " µs", cell) for cell in line] for line in lines])

    return make


def run_time_table(measurements: Measurements) -> str:
    """The table of import and call times."""
    run_time = measurements.get("run-time")
    if run_time is None:
        return NOT_MEASURED
    lines = report.run_time_table(run_time)
    return list_table([[cell.replace(" us ", " µs ") for cell in line] for line in lines])


def profile_table(measurements: Measurements) -> str:
    """What the commands of a build cost per module, by contender."""
    profile = measurements.get("profile")
    if profile is None:
        return NOT_MEASURED
    contenders: Dict[str, Dict[str, float]] = profile["contenders"]
    kinds = sorted({kind for seconds in contenders.values() for kind in seconds})
    lines = [["CPU ms per module", *contenders]]
    for kind in kinds:
        values = [seconds.get(kind) for seconds in contenders.values()]
        lines.append([kind, *("-" if not value else f"{value / profile['modules'] * 1000:.0f}" for value in values)])
    sums = [sum(seconds.values()) / profile["modules"] * 1000 for seconds in contenders.values()]
    lines.append(["all", *(f"{value:.0f}" for value in sums)])
    return list_table(lines)


def versions(measurements: Measurements) -> str:
    """What the page was measured with."""
    if not measurements.parts:
        return NOT_MEASURED
    part = measurements.parts.get("modules-16") or next(iter(measurements.parts.values()))
    found = part["tools"]
    names = {"python": "Python", "cython": "Cython", "numpy": "NumPy", "meson": "Meson", "ccache": "ccache"}
    text = ", ".join(f"{title} {found[name]}" for name, title in names.items())
    others = f"cython-cmake {found['cython-cmake']}, setuptools {found['setuptools']}, Ninja {found['ninja']}"
    return f"{text}, {others}, {found['cmake']}, {found['compiler']}; {found['machine']}, {part['jobs']} jobs."


def flags(measurements: Measurements) -> str:
    """The flags of the builds."""
    part = next(iter(measurements.parts.values()), None)
    return "\n".join(f"* {line.replace('--', chr(92) + '--')}" for line in part["flags"]) if part else NOT_MEASURED


def targets_table(measurements: Measurements) -> str:
    """Each target, what was measured, and whether that meets it."""
    lines = [["target", "needed", "with CMake", "with Meson"]]
    for part, cold in (("modules-16", 5.0), ("modules-100", 7.0)):
        rows = measurements.builds(part)
        count = part.rpartition("-")[2]
        if rows is None:
            continue
        lines += [
            _ratio_line(f"cold build, {count} modules, peers' defaults", rows, "cold", cold, False),
            _ratio_line(f"cold build, {count} modules, peers with the shared utility module", rows, "cold", 2.0, True),
            _ratio_line(f"comment in a shared .pxd, {count} modules, peers' defaults", rows, "comment", 20.0, False),
            _ratio_line(f"one .pyx edited, {count} modules, peers' defaults", rows, "pyx", 2.0, False),
            _size_line(f"installed size, {count} modules, peers' defaults", rows),
        ]
    growth = measurements.get("growth")
    if growth:
        lines += [_no_op_line(growth), _configure_line(growth)]
    run_time = measurements.get("run-time")
    if run_time:
        more = run_time["import_us"]["with the shim"]["min"] - run_time["import_us"]["plain"]["min"]
        lines.append(["import, more than plain", "< 50 µs", _verdict(f"{more:.1f} µs", more < 50), "(the same)"])
        ratios = [
            run_time[key]["with the shim"]["min"] / run_time[key]["plain"]["min"]
            for key in ("unary_call_ns", "binary_call_ns")
        ]
        text = " and ".join(f"{ratio:.2f}" for ratio in ratios)
        lines.append(["call of a ufunc, to plain", "1", _verdict(text, max(ratios) < 1.03), "(the same)"])
    return list_table(lines) if len(lines) > 1 else NOT_MEASURED


def _verdict(text: str, met: bool, missed_by: str = "") -> str:
    return f"{text}: met" if met else f"{text}: **missed**{missed_by}"


def _ours_and_peers(rows: Sequence[Row], shared: bool) -> Dict[str, List[Row]]:
    ours = [row for row in rows if row.is_ours and row.shared]
    return {
        "cmake": [row for row in ours if "CMake" in row.label],
        "meson": [row for row in ours if "Meson" in row.label],
        "peers": [row for row in rows if not row.is_ours and row.shared == shared],
    }


def _ratio_line(title: str, rows: Sequence[Row], step: str, needed: float, shared: bool) -> List[str]:
    groups = _ours_and_peers(rows, shared)
    cells = []
    for key in ("cmake", "meson"):
        ratios = [
            {kind: getattr(peer, kind)[step] / getattr(row, kind)[step] for kind in ("cpu", "wall")}
            for row in groups[key]
            for peer in groups["peers"]
            if step in row.cpu and step in peer.cpu
        ]
        if not ratios:
            cells.append("-")
            continue
        cpu, wall = (min(ratio[kind] for ratio in ratios) for kind in ("cpu", "wall"))
        cells.append(_verdict(f"x{cpu:.1f} (wall x{wall:.1f})", cpu >= needed))
    return [title, f"x{needed:.0f}", *cells]


def _size_line(title: str, rows: Sequence[Row]) -> List[str]:
    groups = _ours_and_peers(rows, False)
    smallest = min((peer.size for peer in groups["peers"]), default=0)
    cells = []
    for key in ("cmake", "meson"):
        share = groups[key][0].size / smallest if groups[key] and smallest else None
        cells.append("-" if share is None else _verdict(f"{share:.2f}", share <= 0.25))
    return [title, "≤ 0.25", *cells]


def _no_op_line(growth: Dict[str, Any]) -> List[str]:
    cells = []
    for name in ("cython-ufunc, CMake", "cython-ufunc, Meson"):
        counts = growth["no-op"].get(name, {})
        if not counts:
            cells.append("-")
            continue
        bare = growth["no-op"]["bare ninja"]
        more = {count: _median(counts[count]["wall"]) - _median(bare[count]["wall"]) for count in counts}
        text = ", ".join(f"{seconds * 1000:.1f} (N = {count})" for count, seconds in more.items())
        judged = [seconds for count, seconds in more.items() if int(count) <= _MOST_MODULES_WITH_A_TARGET]
        cells.append(_verdict(f"{text} ms", max(judged) <= 0.010))
    target = f"≤ 10 ms (N ≤ {_MOST_MODULES_WITH_A_TARGET})"
    return ["no-op, more than bare ninja", target, *cells]


def _configure_line(growth: Dict[str, Any]) -> List[str]:
    def slope(name: str) -> Optional[float]:
        by_count = growth["configure"].get(name, {})
        counts = sorted(map(int, by_count))
        if len(counts) < 2:
            return None
        least, most = (_median(by_count[str(count)]["cpu"]) for count in (counts[0], counts[-1]))
        return (most - least) / (counts[-1] - counts[0]) * 1000

    needed = slope("cython-cmake")
    cells = []
    for name in ("cython-ufunc, CMake", "cython-ufunc, Meson"):
        found = slope(name)
        known = found is not None and needed is not None
        cells.append(_verdict(f"{found:.2f} ms", (found or 0) <= (needed or 0)) if known else "-")
    return ["configure, CPU time per module", "-" if needed is None else f"≤ {needed:.2f} ms (cython-cmake)", *cells]


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


def image(name: str, alternative: str) -> Callable[[Measurements], str]:
    """A plot, where there is one."""

    def make(measurements: Measurements) -> str:
        there = name in plots(measurements)
        return f".. figure:: _static/{name}\n  :alt: {alternative}" if there else ""

    return make


PLACES: Dict[str, Callable[[Measurements], str]] = {
    "versions": versions,
    "flags": flags,
    "targets": targets_table,
    "modules-16-cpu": builds_table("modules-16", "cpu"),
    "modules-16-wall": builds_table("modules-16", "wall"),
    "modules-100-cpu": builds_table("modules-100", "cpu"),
    "modules-100-wall": builds_table("modules-100", "wall"),
    "scikit-image-cpu": builds_table("scikit-image", "cpu"),
    "scikit-image-wall": builds_table("scikit-image", "wall"),
    "growth-configure": growth_table("configure"),
    "growth-no-op": growth_table("no-op"),
    "plot-builds": image("benchmark-builds.svg", "CPU seconds of each step by contender"),
    "plot-growth": image(
        "benchmark-growth.svg", "CPU time of configuring and of a build without changes, by the number of modules"
    ),
    "profile": profile_table,
    "run-time": run_time_table,
}


def page(measurements: Measurements) -> str:
    """The page: the template with the tables in their places."""
    template = (FOLDER / "page.rst.in").read_text(encoding="utf-8")
    return re.sub(r"@([a-z0-9-]+)@", lambda place: PLACES[place[1]](measurements), template)


def plots(measurements: Measurements) -> Dict[str, Any]:
    """What each plot shows, by the name of its file."""
    result: Dict[str, Any] = {}
    rows = measurements.builds("modules-16")
    if rows:
        result["benchmark-builds.svg"] = {
            STEPS[step]: {row.label: row.cpu[step] for row in rows if step in row.cpu}
            for step in ("cold", "pyx", "pxd", "comment", "warm")
        }
    growth = measurements.get("growth")
    if growth:
        result["benchmark-growth.svg"] = {
            step: {
                name: {count: _median(samples["cpu"]) * 1000 for count, samples in by_count.items()}
                for name, by_count in by_name.items()
            }
            for step, by_name in growth.items()
        }
    return result


def mark_of(content: Any) -> str:
    """What tells a plot of `content` from one of something else."""
    return "sha256:" + hashlib.sha256(json.dumps(content).encode("utf-8")).hexdigest()


def draw(name: str, content: Any) -> None:
    """Draws a plot, with its mark in the file."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = name
    matplotlib.rcParams["font.size"] = 9
    from matplotlib import pyplot

    if name == "benchmark-builds.svg":
        figure, axes = pyplot.subplots(1, len(content), figsize=(11, 3.2), sharey=True)
        for axis, (step, values) in zip(axes, content.items()):
            labels = list(values)[::-1]
            colours = ["#2a6f97" if label.startswith("cython-ufunc") else "#b0a99f" for label in labels]
            axis.barh(labels, [values[label] for label in labels], color=colours)
            axis.set_title(textwrap.fill(step, 20), fontsize=9)
            axis.set_xlabel("CPU s")
    else:
        figure, axes = pyplot.subplots(1, len(content), figsize=(9, 3.4))
        for axis, (step, by_name) in zip(axes, content.items()):
            for contender, by_count in by_name.items():
                counts = sorted(map(int, by_count))
                axis.plot(counts, [by_count[str(count)] for count in counts], marker="o", label=contender)
            axis.set_title(step)
            axis.set_xlabel("modules")
            axis.set_ylabel("CPU ms")
            axis.set_ylim(bottom=0)
            axis.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(DOCS / "_static" / name, metadata={"Date": None, "Description": mark_of(content)})
    pyplot.close(figure)


def check(measurements: Measurements) -> List[str]:
    """What is not of the measurements that are there, as sentences."""
    problems = []
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page(measurements):
        problems.append(f"{PAGE.name} is not what its template and benchmarks/*.json give")
    for name, content in plots(measurements).items():
        path = DOCS / "_static" / name
        if not path.is_file() or mark_of(content) not in path.read_text(encoding="utf-8"):
            problems.append(f"_static/{name} is not of what benchmarks/*.json has")
    return problems


def main() -> int:
    """Makes or checks the page."""
    measurements = Measurements()
    if "--check" in sys.argv[1:]:
        problems = check(measurements)
        for problem in problems:
            print(f"{problem}. Run docs/make_benchmarks.py, where matplotlib is installed.", file=sys.stderr)
        return 1 if problems else 0
    for name, content in plots(measurements).items():
        draw(name, content)
    PAGE.write_text(page(measurements), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
