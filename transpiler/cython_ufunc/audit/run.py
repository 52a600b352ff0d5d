# SPDX-License-Identifier: BSD-3-Clause
"""Looks at many files, in parallel over the processor's cores."""

import concurrent.futures
import os
import warnings
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from cython_ufunc.audit import requirements, slots
from cython_ufunc.audit.findings import INCOMPLETE, NOT_USED, Lost, Verdict, judge
from cython_ufunc.audit.report import Module, Note, Report
from cython_ufunc.audit.requirements import Distribution
from cython_ufunc.audit.subjects import Subject, find_subjects
from cython_ufunc.errors import UserError

# How many files are done, of how many, and the last one's name.
Progress = Callable[[int, int, str], None]


class _Work(NamedTuple):
    subject: Subject
    distribution: Optional[Distribution]


def audit(places: Sequence[Path], jobs: int, progress: Progress) -> Report:
    """Looks at all that is at `places`. Raises UserError where one of them has nothing to look at."""
    work: List[_Work] = []
    for place in places:
        work += _work_at(place)
    modules: List[Module] = []
    for done, (item, verdicts) in enumerate(_all_verdicts(work, jobs), 1):
        progress(done, len(work), item.subject.label)
        of = item.distribution
        modules += [
            Module(item.subject.label, verdict, of.name if of else None, of.requires if of else [])
            for verdict in verdicts
        ]
    return Report(modules, _notes(work, modules))


def verdicts_on(subject: Subject) -> List[Verdict]:
    """One verdict for each image in a file; a file that cannot be read is not followed."""
    from cython_ufunc.audit.reading import read_images

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # LIEF's, for kinds of things that it does not know
            return [judge(image) for image in read_images(subject.read(), subject.label)]
    except UserError as error:
        why = str(error)
    except Exception as error:  # a file that was made to confuse, or a fault of ours: it is not ok, and others follow
        why = f"its code cannot be analysed: {type(error).__name__}: {error}"
    return [Verdict("?", "?", INCOMPLETE, None, None, None, {}, [], [], [Lost(why, 0, None)])]


def _work_at(place: Path) -> List[_Work]:
    subjects = find_subjects(place)
    if place.is_dir():
        installed = requirements.of_installed(place)
        return [_Work(subject, installed.get(subject.path.resolve())) for subject in subjects]
    distribution = requirements.of_wheel(place) if place.suffix == ".whl" else None
    return [_Work(subject, distribution) for subject in subjects]


def _all_verdicts(work: List[_Work], jobs: int) -> Iterator[Tuple[_Work, List[Verdict]]]:
    jobs = min(jobs or os.cpu_count() or 1, len(work))
    if jobs < 2:
        for item in work:
            yield item, verdicts_on(item.subject)
        return
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        results = pool.map(verdicts_on, [item.subject for item in work])
        yield from zip(work, results)


def _notes(work: List[_Work], modules: List[Module]) -> List[Note]:
    """Where what a distribution requires is not what its modules need."""
    distributions: Dict[str, Distribution] = {
        item.distribution.name: item.distribution for item in work if item.distribution
    }
    notes: List[Note] = []
    for name, distribution in distributions.items():
        own = [module for module in modules if module.distribution == name and module.verdict.verdict != NOT_USED]
        needs = [(slots.feature_of(module.verdict.needed), module) for module in own if module.verdict.needed]
        if not needs or name.lower() == "numpy":
            continue
        if not distribution.requires:
            notes.append(Note(name, "its modules use NumPy's C API, and its metadata does not require NumPy"))
            continue
        most, module = max(needs, key=lambda need: need[0])
        if most > slots.feature_of(distribution.floor or "0") and most > 13:
            notes.append(
                Note(
                    name,
                    f"its metadata says {' and '.join(distribution.requires)}, and {module.file} needs NumPy "
                    f"{slots.release_of(most)} or newer",
                )
            )
    return notes
