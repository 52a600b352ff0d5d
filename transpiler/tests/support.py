# SPDX-License-Identifier: BSD-3-Clause
"""What the tests here share: paths, and the notes of messages that errors.complete reads."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "transpiler" / "cython_ufunc_main.py"

sys.path.insert(0, str(ROOT / "ci"))
from testing.message_notes import Notes  # noqa: E402


def notes_of(test_file: str) -> Notes:
    """The notes of a test file, in the folder that CYTHON_UFUNC_TEST_NOTES names; without it, notes that nobody reads."""
    return Notes(os.environ.get("CYTHON_UFUNC_TEST_NOTES"), Path(test_file))
