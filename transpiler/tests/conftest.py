# SPDX-License-Identifier: BSD-3-Clause
"""The options and fixtures of the tests here."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options."""
    parser.addoption("--other-python", default="", help="another interpreter, with Cython 3.0.9")


@pytest.fixture(scope="session")
def other_python(request: pytest.FixtureRequest) -> str:
    """The interpreter that the option names; empty for none."""
    return str(request.config.getoption("--other-python"))
