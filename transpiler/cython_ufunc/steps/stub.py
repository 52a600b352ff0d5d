# SPDX-License-Identifier: BSD-3-Clause
"""The step that writes a module's type stub: it parses the source, and translates nothing."""

import os
from pathlib import Path
from typing import Any, NamedTuple, Optional, Sequence

from cython_ufunc import files, names
from cython_ufunc.cython import patches
from cython_ufunc.cython.arguments import TranslationRequest, options_and_root
from cython_ufunc.cython.version import find_cython, version_tuple
from cython_ufunc.errors import UserError
from cython_ufunc.outputs.type_stub import make_stub
from cython_ufunc.reuse import fingerprint


class StubRequest(NamedTuple):
    """All that the step is told. Paths are absolute."""

    source: Path
    module_name: str
    language: str  # "c" or "c++"
    output: Path
    include_directories: Sequence[Path]
    depfile: Optional[Path]
    depfile_root: Optional[Path]  # as in TranspileRequest
    stamp: Optional[Path]  # likewise; the depfile's target, else the output is


def write_stub(request: StubRequest) -> bool:
    """Writes the stub. Returns False when Cython found errors in the source, which it has printed."""
    from Cython.Compiler import Errors, Main
    from Cython.Compiler.Scanning import FileSourceDescriptor

    names.check_module_name(request.module_name)
    if not request.source.is_file():
        raise UserError("the source cannot be read: there is no such file.")
    cython = find_cython()
    if request.stamp:
        files.remove_if_there(request.stamp)
    options, root = options_and_root(
        TranslationRequest(
            source=request.source,
            module_name=request.module_name,
            output=request.output.with_suffix(".c"),
            cplus=request.language == "c++",
            include_directories=request.include_directories,
            directives=(),
            annotate=False,
            arguments=(),
            shared_utility="",
        )
    )
    options = Main.CompilationOptions(defaults=options)
    options.configure_language_defaults(request.source.suffix[1:])
    patches.report_errors_with_full_paths()
    os.chdir(root)

    def parse(context: Any, path: Path, pxd: bool) -> Any:
        descriptor = FileSourceDescriptor(os.path.relpath(path, root))
        scope = context.find_module(request.module_name, pos=(descriptor, 1, 0), need_pxd=False)
        return context.parse(descriptor, scope, pxd, request.module_name)

    with patches.observed(options, root) as (read, _):
        context = Main.Context.from_options(options)
        context.setup_errors(options, None)
        if context.language_level is None:
            context.set_language_level(
                "3str"
            )  # Cython warns where the source says none: the translation does so already
        pxd = request.source.with_suffix(".pxd")
        try:
            declarations = parse(context, pxd, True) if pxd.is_file() else None
            tree = parse(context, request.source, False)
        except Errors.CompileError:
            return False
        if Errors.get_errors_count():
            return False
    text = make_stub(request.module_name, tree, declarations, version_tuple(cython.version))
    request.output.parent.mkdir(parents=True, exist_ok=True)
    files.write_if_changed(request.output, text.encode("utf-8"))
    dependencies = [
        str(request.source),
        *map(os.path.abspath, read),
        *fingerprint.program_files(str(cython.path), None),
    ]
    files.finish_step(request.output, request.depfile, request.stamp, dependencies, request.depfile_root)
    return True
