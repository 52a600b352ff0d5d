"""Asserts that the module mypkg.checked follows its configuration: it checks indices in Debug only.

Usage: check_configuration.py <configuration>
"""

import sys

import numpy as np
from mypkg import checked

configuration = sys.argv[1]
values = np.arange(6.0)[:3]  # a fourth element can be read where nothing is checked
try:
    item = checked.item(values, 3)
except IndexError:
    found = "Debug"
else:
    assert item == 3.0
    found = "Release"
assert found == configuration, f"{checked.__file__} is of configuration {found}, not {configuration}"
print(f"target-features: {checked.__file__} follows its configuration")
