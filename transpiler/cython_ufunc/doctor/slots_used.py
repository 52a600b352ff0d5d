# SPDX-License-Identifier: BSD-3-Clause
"""Which slots of NumPy's C API a module uses, as the audit sees it; it needs libraries that come with an extra."""

from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

from cython_ufunc.audit import extra
from cython_ufunc.doctor.problem import Problem

# The verdicts of the audit, which are not imported where its libraries are missing.
NOT_CHECKED = "not checked"
_VIOLATION = "violation"
_INCOMPLETE = "incomplete"
_NOT_USED = "not used"


class SlotsUsed(NamedTuple):
    """What was found, of all processors' parts of a file."""

    verdict: str  # that of the audit, or NOT_CHECKED
    needed: Optional[str]  # the oldest NumPy that has the slots; None where that is not known
    slots: int
    violations: List[str]
    not_followed: List[str]  # where the verdict is INCOMPLETE; where it is NOT_CHECKED, how to have it checked

    @property
    def is_checked(self) -> bool:
        """Whether all was followed."""
        return self.verdict not in (NOT_CHECKED, _INCOMPLETE)

    def text(self) -> List[str]:
        """What to say to people, in lines."""
        if self.verdict == NOT_CHECKED:
            return [f"not checked: {self.not_followed[0]}"]
        if self.verdict == _NOT_USED:
            return ["no use seen"]
        head = f"{self.verdict}: {self.slots} used, which need NumPy {self.needed or 'of unknown release'} or newer"
        return [head, *(f"not followed: {why}" for why in self.not_followed)]

    def as_json(self) -> Dict[str, Any]:
        """The same for programs."""
        return self._asdict()

    def problems(self) -> List[Problem]:
        """What does not work."""
        return [Problem(text, "numpy-slots") for text in self.violations]


def slots_used(file: Path) -> SlotsUsed:
    """Audits `file`, where the libraries for it are there."""
    missing = extra.missing_libraries()
    if missing:
        how = f"this Python does not have {' and '.join(missing)}; get them by {extra.INSTALL}"
        return SlotsUsed(NOT_CHECKED, None, 0, [], [how])
    from cython_ufunc.audit import slots
    from cython_ufunc.audit.report import finding_text
    from cython_ufunc.audit.run import verdicts_on
    from cython_ufunc.audit.subjects import Subject

    verdicts = verdicts_on(Subject(file, None))
    said = {verdict.verdict for verdict in verdicts}
    worst = next(each for each in (_VIOLATION, _INCOMPLETE, "ok", _NOT_USED) if each in said)
    needed = max((slots.feature_of(verdict.needed) for verdict in verdicts if verdict.needed), default=None)
    return SlotsUsed(
        verdict=worst,
        needed=None if needed is None else slots.release_of(needed),
        slots=len({slot for verdict in verdicts for slot in verdict.uses}),
        violations=[
            finding_text(finding, verdict).replace("VIOLATION: uses", "it uses", 1)
            for verdict in verdicts
            for finding in verdict.findings
        ],
        not_followed=sorted({lost.why for verdict in verdicts for lost in verdict.lost}),
    )
