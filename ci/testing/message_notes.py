# SPDX-License-Identifier: BSD-3-Clause
"""Notes of the error messages that tests have seen: errors.complete finds those that none has."""

import json
import os
import sys
from pathlib import Path
from typing import Optional


class Notes:
    """Notes messages in the folder of the tests of errors; nowhere if there is none."""

    def __init__(self, folder: "Optional[str | os.PathLike[str]]", test: Path = Path(sys.argv[0])) -> None:
        self._folder = Path(folder) / "messages" if folder else None
        self._name = f"{test.resolve().parent.name}-{test.stem}"
        self._count = 0

    def add(self, text: str) -> None:
        """Notes that this test saw the message `text`."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        note = json.dumps({"text": text, "site": ""})
        (self._folder / f"{self._name}-{self._count}.json").write_text(note, encoding="utf-8")
