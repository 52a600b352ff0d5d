"""Profiles calls of the module by cProfile, and reads the functions of the .pyx off its report.

Usage: check.py <build directory>
"""

import collections
import cProfile
import io
import pstats
import re
import sys

import numpy
from mypkg import shapes


def work():
    for _ in range(10):
        shapes.area(2.0, 3.0)
    shapes.doubled(numpy.ones(5))


def counted_by_c_profile():
    profile = cProfile.Profile()
    profile.runcall(work)
    report = io.StringIO()
    pstats.Stats(profile, stream=report).print_stats()
    text = report.getvalue()
    print(text)
    return {name: int(count) for count, name in re.findall(r"^ +(\d+) .*shapes\.pyx:\d+\((\w+)\)$", text, re.MULTILINE)}


def counted_by_function():
    found = collections.Counter()

    def count(frame, event, argument):
        if event == "call" and frame.f_code.co_filename.endswith("shapes.pyx"):
            found[frame.f_code.co_name] += 1

    sys.setprofile(count)
    work()
    sys.setprofile(None)
    return dict(found)


if sys.version_info[:2] == (3, 12):
    print("Not tested: cProfile, which sees nothing of Cython's functions in Python 3.12; sys.setprofile() does")
    found = counted_by_function()
else:
    found = counted_by_c_profile()
assert found == {"area": 10, "area_of": 10, "doubled": 5}, found
print("profiling: the calls of functions in the .pyx are counted")
