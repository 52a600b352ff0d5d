# SPDX-License-Identifier: BSD-3-Clause
"""The step that writes a module's type stub: it parses the source, and translates nothing."""

import os
from pathlib import Path
from typing import Any, Optional

from cython_ufunc import names
from cython_ufunc.cython import patches
from cython_ufunc.cython.arguments import TranslationRequest, options_and_root
from cython_ufunc.cython.version import find_cython, version_tuple
from cython_ufunc.errors import UserError
from cython_ufunc.outputs.type_stub import make_stub
from cython_ufunc.reuse import fingerprint
from cython_ufunc.step import Step
from cython_ufunc.steps.made import Made


def make(step: Step) -> Optional[Made]:
    """Makes the stub of `step`. Returns None when Cython found errors in the source, which it has printed."""
    from Cython.Compiler import Errors, Main
    from Cython.Compiler.Scanning import FileSourceDescriptor

    names.check_module_name(step.module_name)
    source = Path(step.source)
    if not source.is_file():
        raise UserError("the source cannot be read: there is no such file.")
    cython = find_cython()
    step.begin()
    options, root = options_and_root(
        TranslationRequest(
            source=source,
            module_name=step.module_name,
            output=Path(step.output).with_suffix(".c"),
            cplus=step.language == "c++",
            include_directories=[Path(folder) for folder in step.include_directories],
            directives=(),
            annotate=False,
            arguments=(),
            shared_utility="",
        )
    )
    options = Main.CompilationOptions(defaults=options)
    options.configure_language_defaults(source.suffix[1:])
    patches.report_errors_with_full_paths()
    os.chdir(root)

    def parse(context: Any, path: Path, pxd: bool) -> Any:
        descriptor = FileSourceDescriptor(os.path.relpath(path, root))
        scope = context.find_module(step.module_name, pos=(descriptor, 1, 0), need_pxd=False)
        return context.parse(descriptor, scope, pxd, step.module_name)

    with patches.observed(options, root) as (read, _):
        context = Main.Context.from_options(options)
        context.setup_errors(options, None)
        if context.language_level is None:
            context.set_language_level(
                "3str"
            )  # Cython warns where the source says none: the translation does so already
        pxd = source.with_suffix(".pxd")
        try:
            declarations = parse(context, pxd, True) if pxd.is_file() else None
            tree = parse(context, source, False)
        except Errors.CompileError:
            return None
        if Errors.get_errors_count():
            return None
    text = make_stub(step.module_name, tree, declarations, version_tuple(cython.version))
    program = fingerprint.program_files(step.command, False, str(cython.path))
    return Made([(step.output, text.encode("utf-8"))], [step.source, *map(os.path.abspath, read), *program], None)
