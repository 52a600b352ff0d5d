"""Tools that find errors with memory, and what they find in the shim and the runtime."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Dict, List

# The code of C extensions is in files with such names; what is beneath it in a stack is Python's and the system's.
_EXTENSION = re.compile(r"\.(cpython-[^/]*\.so|abi3\.so|pyd)$")
_OUR_FUNCTION = re.compile(r"cython_ufunc|PyInit_|execute")
_OUR_SOURCE = re.compile(r"(numpy_tables|import_error|module_init|\w+_init)\.cpp|reference\.hpp")


class Tool:
    """None."""

    timeout = 120.0

    def command(self, reports: Path) -> List[str]:
        """What runs the interpreter; `reports` is an empty folder."""
        return []

    def environment(self) -> Dict[str, str]:
        """Variables that the interpreter needs."""
        return {}

    def findings(self, reports: Path) -> str:
        """What was found, though the process ended well and printed nothing."""
        return ""


class Sanitizers(Tool):
    """AddressSanitizer and UndefinedBehaviorSanitizer: their findings end the process, or are printed."""

    timeout = 300.0

    def environment(self) -> Dict[str, str]:
        """The sanitizer has to be loaded first; leaks are Valgrind's, as Python itself leaks a lot at its end."""
        library = subprocess.check_output(["gcc", "-print-file-name=libasan.so"], text=True).strip()
        return {
            "LD_PRELOAD": library,
            "PYTHONMALLOC": "malloc",
            "ASAN_OPTIONS": "detect_leaks=0",
            "UBSAN_OPTIONS": "print_stacktrace=1",
        }


class Valgrind(Tool):
    """Valgrind's memcheck, with leaks."""

    timeout = 900.0

    def command(self, reports: Path) -> List[str]:
        """The reports are written as XML, one for each process: some fork."""
        options = ["--leak-check=full", "--show-leak-kinds=definite", "--num-callers=60", "--xml=yes"]
        suppressions = Path("/usr/lib/valgrind/python3.supp")
        if suppressions.is_file():
            options.append(f"--suppressions={suppressions}")
        return ["valgrind", *options, f"--xml-file={reports}/%p.xml"]

    def environment(self) -> Dict[str, str]:
        """Python's own allocator hides the blocks."""
        return {"PYTHONMALLOC": "malloc"}

    def findings(self, reports: Path) -> str:
        """Errors and leaks where the innermost code of an extension is the shim's or the runtime's."""
        roots = [ElementTree.parse(report).getroot() for report in sorted(reports.iterdir())]
        assert roots, "Valgrind wrote no report"
        for root in roots:
            assert root.findtext("status[last()]/state") == "FINISHED", "Valgrind's report is not whole"
        return "\n".join(_text(error) for root in roots for error in root.iter("error") if _is_ours(error))


def _is_ours(error: ElementTree.Element) -> bool:
    stack = error.find("stack")
    is_leak = error.findtext("kind", "").startswith("Leak_")
    for frame in stack.iter("frame") if stack is not None else ():
        if is_leak and frame.findtext("fn", "").startswith("_PyEval_EvalFrame"):
            return False  # Python code that we call, such as NumPy's, keeps it
        if _EXTENSION.search(frame.findtext("obj", "")):
            # Where the compiler inlined a function, its name has no namespace.
            name, source = frame.findtext("fn", ""), frame.findtext("file", "")
            return bool(_OUR_FUNCTION.match(name) or _OUR_SOURCE.fullmatch(source))
    return False


def _text(error: ElementTree.Element) -> str:
    what = error.findtext("what") or error.findtext("xwhat/text") or ""
    frames = [
        f"  {frame.findtext('fn', '?')} ({frame.findtext('file', '?')}:{frame.findtext('line', '?')})"
        for frame in error.iter("frame")
    ]
    return "\n".join([f"{error.findtext('kind')}: {what}", *frames[:30]])
