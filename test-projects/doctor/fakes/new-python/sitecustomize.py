"""Has the interpreter say that it is Python 3.13."""

import platform
import sys

sys.version_info = (3, 13, 0, "final", 0)
platform.python_version = lambda: "3.13.0"
