# SPDX-License-Identifier: BSD-3-Clause
"""Checks that ci/real-world reads the outcomes of test suites, and distinguishes them."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "ci"))

from real_world.junit import compare, count, read_outcomes

RESULT = """<testsuites><testsuite name="pytest">
<testcase classname="tests.test_a" name="test_good" time="0.1"/>
<testcase classname="tests.test_a" name="test_bad"><failure message="assert 0">text</failure></testcase>
<testcase classname="tests.test_a" name="test_bad_fixture"><error message="failed on setup">text</error></testcase>
<testcase classname="tests.test_a" name="test_left_out"><skipped type="pytest.skip" message="no network"/></testcase>
<testcase classname="tests.test_b" name="test_known"><skipped type="pytest.xfail" message="known"/></testcase>
<testcase classname="tests.test_b" name="test_twice"><failure message="assert 0"/></testcase>
<testcase classname="tests.test_b" name="test_twice"><error message="failed on teardown"/></testcase>
</testsuite></testsuites>"""

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "outcomes.xml")
    path.write_text(RESULT)
    outcomes = read_outcomes(path)
assert outcomes == {
    "tests.test_a::test_good": "passed",
    "tests.test_a::test_bad": "failed",
    "tests.test_a::test_bad_fixture": "error",
    "tests.test_a::test_left_out": "skipped",
    "tests.test_b::test_known": "xfailed",
    "tests.test_b::test_twice": "error+failed",
}, outcomes
assert count(outcomes) == dict.fromkeys(["passed", "failed", "error", "skipped", "xfailed", "error+failed"], 1)
assert compare(outcomes, dict(outcomes), {}) == []

changed = {**outcomes, "tests.test_a::test_good": "failed"}
assert [str(found) for found in compare(outcomes, changed, {})] == ["tests.test_a::test_good: passed, then failed"]
assert compare(outcomes, changed, {"tests.test_a::test_good": "it throws dice"}) == []

fewer = {test: outcome for test, outcome in outcomes.items() if test != "tests.test_b::test_known"}
assert [str(found) for found in compare(outcomes, fewer, {})] == ["tests.test_b::test_known: xfailed, then not run"]
assert [str(found) for found in compare(fewer, outcomes, {})] == ["tests.test_b::test_known: not run, then xfailed"]
print(f"{len(outcomes)} outcomes read and compared")
