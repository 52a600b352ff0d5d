# SPDX-License-Identifier: BSD-3-Clause
"""Runs Cython: translates one source, or makes the shared utility module."""

import os
import traceback
from pathlib import Path
from typing import Any, Dict, NamedTuple, Optional, Sequence

from cython_ufunc.cython import patches
from cython_ufunc.cython.arguments import TranslationRequest, options_and_root
from cython_ufunc.cython.patches import State
from cython_ufunc.cython.version import cython_version
from cython_ufunc.cython.warm_context import WarmContext
from cython_ufunc.errors import UserError
from cython_ufunc.files import state_of
from cython_ufunc.reuse.lookups import Lookups


class Translation(NamedTuple):
    """What one run of Cython read: absolute paths as Cython has them, with the files' states; and looked up."""

    read: Dict[str, State]
    looked_up: Lookups

    def check_unchanged(self) -> None:
        """Raises UserError when a file has changed since Cython opened it: what is written later passes for newer."""
        for path, state in self.read.items():
            if state_of(path) != state:
                raise UserError(f"{path} changed while it was being translated. Build again.")


def translate(request: TranslationRequest, warm: Optional[WarmContext] = None) -> Optional[Translation]:
    """Translates `request.source` to C or C++. Returns None when Cython found errors, which it has printed.

    `warm` is a context made for such requests; none is made without. Changes the working directory and the state of
    Cython: one call per process.
    """
    from Cython.Compiler import Main

    options, root = options_and_root(request)
    patches.report_errors_with_full_paths()
    patches.make_reproducible()
    os.chdir(root)
    try:
        with patches.observed(options, root, [request.output.parent]) as (opened, looked_up):
            source = os.path.relpath(request.source, root)
            if warm and warm.is_current():
                warm.use(opened, looked_up)
            result = Main.compile(source, options, full_module_name=request.module_name)
    except MemoryError:
        raise UserError("memory ran out while Cython translated it. Build with fewer jobs.") from None
    except Exception as error:  # Cython reports errors of the source itself
        traceback.print_exc()
        raise UserError(
            f"Cython {cython_version()} crashed on it with {type(error).__name__}: {error}. The above says where; "
            "change the source, or try another Cython."
        ) from None
    if result.num_errors:
        return None
    translation = Translation(opened, looked_up)
    translation.check_unchanged()
    return translation


def translate_shared_utility(module_name: str, output: Path) -> bool:
    """Writes the shared utility module `module_name` to `output`, as C that is valid C++ too.

    The file has to be named after the module's last component. Returns False when Cython found errors, which it has
    printed. Changes the working directory and the state of Cython: one call per process.
    """
    from Cython.Build.SharedModule import generate_shared_module
    from Cython.Compiler import Errors
    from Cython.Compiler.CmdLine import parse_command_line

    # Cython 3.3 sets the directive by itself. Without it, importing the module would bring the GIL back.
    arguments = ["--generate-shared", output.name, "--module-name", module_name, "-X", "freethreading_compatible=True"]
    options, _ = parse_command_line(arguments)
    options.compiler_directives["emit_code_comments"] = False
    os.chdir(output.parent)
    patches.list_folders_in_order()
    generate_shared_module(options)
    return bool(Errors.get_errors_count() == 0 and output.is_file())


def needs_cplusplus(errors: Sequence[Any], translation: Optional[Translation]) -> bool:
    """True when translating to C++ would do what translating to C did not, by Cython's errors and by what it read.

    Each file of Cython's libcpp has the body include a header of C++, whether something of it is used or not.
    """
    from Cython import Utils

    libcpp = Path(Utils.__file__).parent / "Includes" / "libcpp"
    if any(error.reported and "only allowed in c++" in error.message_only for error in errors):
        return True
    places = [error.position[0] for error in errors if error.position]
    read = list(translation.read) if translation else [str(getattr(place, "filename", "")) for place in places]
    return any(Path(path).parent == libcpp and Path(path).stem != "__init__" for path in read)
