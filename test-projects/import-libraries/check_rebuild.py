"""Links the modules again: the library that they link to must not have been overwritten.

Usage: check_rebuild.py <build directory>
"""

import subprocess
import sys
from pathlib import Path

build = Path(sys.argv[1])
modules = [path for path in build.rglob("stats.*") if path.suffix in (".pyd", ".so")]
assert len(modules) == 2, modules
for module in modules:
    module.unlink()
run = subprocess.run(["ninja", "-C", str(build)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
assert run.returncode == 0 and all(module.is_file() for module in modules), run.stdout
print("import-libraries: the modules were linked again")
