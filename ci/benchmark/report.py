# SPDX-License-Identifier: BSD-3-Clause
"""What is made of the samples: JSON, and tables of text."""

import statistics
from typing import Any, Dict, List, NamedTuple, Sequence

from benchmark.build_times import STEPS, Samples
from benchmark.contender import Contender
from benchmark.growth import Costs

FORMAT = 1


class Row(NamedTuple):
    """The medians of one contender."""

    label: str
    is_ours: bool
    shared: bool
    wall: Dict[str, float]  # by step, seconds
    cpu: Dict[str, float]
    modules: int
    size: int  # bytes


def to_json(contenders: Sequence[Contender], samples: Sequence[Samples]) -> List[Dict[str, Any]]:
    """The samples of a run, one entry for each contender."""
    return [
        {
            "label": contender.label,
            "is_ours": contender.is_ours,
            "shared": contender.shared,
            "wall": {step: [round(cost.wall, 4) for cost in costs] for step, costs in sample.costs.items()},
            "cpu": {step: [round(cost.cpu, 4) for cost in costs] for step, costs in sample.costs.items()},
            "files": sample.size["modules"],
            "bytes": sample.size["bytes"],
            "output_cache": sample.output_cache,
        }
        for contender, sample in zip(contenders, samples)
    ]


def rows_of(entries: Sequence[Dict[str, Any]]) -> List[Row]:
    """The medians of what `to_json` made."""
    return [
        Row(
            entry["label"],
            entry["is_ours"],
            entry["shared"],
            {step: statistics.median(values) for step, values in entry["wall"].items()},
            {step: statistics.median(values) for step, values in entry["cpu"].items()},
            entry["files"],
            entry["bytes"],
        )
        for entry in entries
    ]


def growth_to_json(costs: Dict[str, Costs]) -> Dict[str, Any]:
    """Samples by step, contender, number of modules and kind of time."""
    return {
        step: {
            name: {
                str(count): {
                    "wall": [round(sample.wall, 5) for sample in samples],
                    "cpu": [round(sample.cpu, 5) for sample in samples],
                }
                for count, samples in by_count.items()
            }
            for name, by_count in by_name.items()
        }
        for step, by_name in costs.items()
    }


def table(lines: Sequence[Sequence[str]]) -> str:
    """Columns of text, the first one aligned to the left."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines)]
    return "\n".join(
        "  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(line, widths)) for line in lines)
    )


def seconds(value: float) -> str:
    """A time, in the unit that suits it."""
    return f"{value * 1000:.0f} ms" if value < 0.1 else f"{value:.2f} s"


def build_table(rows: Sequence[Row], kind: str) -> List[List[str]]:
    """The cells of a table of `kind`, wall or cpu; each time with its ratio to the first contender's."""
    steps = [step for step in STEPS if any(step in row.wall for row in rows)]
    lines = [[f"{kind} time", *(STEPS[step] for step in steps), "installed"]]
    first = rows[0]
    for row in rows:
        cells = [row.label]
        for step in steps:
            time, base = getattr(row, kind).get(step), getattr(first, kind).get(step)
            ratio = f" (x{time / base:.1f})" if time is not None and base else ""
            cells.append("-" if time is None else f"{seconds(time)}{ratio}")
        cells.append(f"{row.size / 1024:.0f} KiB (x{row.size / first.size:.1f})")
        lines.append(cells)
    return lines


def growth_table(growth: Dict[str, Any], step: str, kind: str) -> List[List[str]]:
    """The cells of a table of medians by number of modules; the last column is what one more module costs."""
    by_name = growth[step]
    counts = sorted({int(count) for by_count in by_name.values() for count in by_count})
    lines = [[f"{step}, {kind} time", *(f"N = {count}" for count in counts), "per module"]]
    for name, by_count in by_name.items():
        values = [statistics.median(by_count[str(count)][kind]) for count in counts]
        slope = (values[-1] - values[0]) / (counts[-1] - counts[0]) if len(counts) > 1 else 0.0
        lines.append([name, *(f"{value * 1000:.1f} ms" for value in values), f"{slope * 1e6:.0f} us"])
    return lines


def run_time_table(run_time: Dict[str, Any]) -> List[List[str]]:
    """The cells of a table of import and call times: the least, and the median in parentheses."""
    names = {"import_us": ("import", "us"), "unary_call_ns": ("call, 1 argument", "ns")}
    names["binary_call_ns"] = ("call, 2 arguments", "ns")
    columns = list(dict.fromkeys(name for samples in run_time.values() for name in samples))
    lines = [["", *columns]]
    for key, (title, unit) in names.items():
        cells = [title]
        for column in columns:
            summary = run_time[key].get(column)
            cells.append(f"{summary['min']:.1f} {unit} ({summary['median']:.1f})" if summary else "-")
        lines.append(cells)
    return lines
