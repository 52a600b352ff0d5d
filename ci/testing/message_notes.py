# SPDX-License-Identifier: BSD-3-Clause
"""Notes of the error messages that tests have seen: errors.complete looks for those that none has."""

import json
import sys
from pathlib import Path


class Notes:
    """Notes messages in the folder of the tests of errors."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "messages"
        self._count = 0

    def add(self, text: str) -> None:
        """Notes that this test saw the message `text`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._count += 1
        test = Path(sys.argv[0])
        name = f"{test.parent.name}-{test.stem}-{self._count}.json"
        (self._folder / name).write_text(json.dumps({"text": text, "site": ""}), encoding="utf-8")
