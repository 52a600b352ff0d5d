"""Calls what the templates made, and makes mistakes in one of them.

Usage: check.py <build directory> <command ...>
  <command> builds the project
"""

import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

BUILD = Path(sys.argv[1]).resolve()
module = next(path for path in BUILD.rglob("sums.*") if path.suffix in (".so", ".pyd"))
sys.path.insert(0, str(module.parent))
if module.parent.name == "mypkg":
    sys.path[0] = str(module.parent.parent)
    from mypkg import sums  # a folder without __init__.py
if "sums" not in globals():
    import sums


def build(fails=False):
    result = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert (result.returncode != 0) == fails, result.stdout
    return result.stdout


assert sums.limits() == (-1, 2000, 7), sums.limits()
assert sums.NAMES == ["name 0", "name 1", "name 2"], sums.NAMES
for name in ("float64", "float32", "int32"):
    values = np.arange(4, dtype=name)
    assert getattr(sums, f"sum_{name}")(values) == 6
    function = getattr(sums, f"add_one_{name}")
    assert isinstance(function, np.ufunc) and function(values).tolist() == [1, 2, 3, 4]

expanded = next(path for path in BUILD.rglob("sums.pyx"))
assert expanded.read_text().count("@cython.ufunc") == 3
said = build()
assert not re.search("Expanding|Transpiling|Generating|Building", said), said

# Meson builds a copy, which can be edited.
source = BUILD.parent / "source" / "src" / "mypkg"
if source.is_dir():
    time.sleep(0.01)
    template = source / "names.pxi.tp"
    text = template.read_text()
    template.write_text(text.replace("range(3)", "range(2)"))
    build()
    code = "import sys; sys.path.insert(0, sys.argv[1]); from mypkg import sums; print(len(sums.NAMES))"
    assert subprocess.check_output([sys.executable, "-c", code, str(BUILD / "src")], text=True) == "2\n"
    template.write_text(text.replace("{{number}}", "{{numbr}}"))
    output = build(fails=True)
    message = (
        re.escape(str(template)) + r":3:13: the template cannot be expanded: NameError: name 'numbr' is not defined"
    )
    assert re.search(message, output), output
    template.write_text(text.replace("{{endfor}}", ""))
    output = build(fails=True)
    assert re.search(
        r"names\.pxi\.tp:2:3: the template cannot be expanded: TemplateError: No \{\{endfor\}\}", output
    ), output
    template.write_text(text)
    build()
print("templates: .pyx.in, .pxd.in and .pxi.tp are expanded, and followed")
