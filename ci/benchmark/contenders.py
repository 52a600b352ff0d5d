# SPDX-License-Identifier: BSD-3-Clause
"""All contenders, by the names that ci/bench takes."""

from typing import Dict, Type

from benchmark.cmake_contenders import CythonCMake, OursWithCMake
from benchmark.contender import Contender
from benchmark.meson_contenders import MesonBuiltIn, OursWithMeson
from benchmark.setuptools_contender import Setuptools

CONTENDERS: Dict[str, Type[Contender]] = {
    "ours-cmake": OursWithCMake,
    "ours-meson": OursWithMeson,
    "cython-cmake": CythonCMake,
    "meson": MesonBuiltIn,
    "setuptools": Setuptools,
}
