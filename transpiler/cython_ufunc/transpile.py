# SPDX-License-Identifier: BSD-3-Clause
"""The transpile step: from one `.pyx` to its body, its shim, its headers and its depfile."""

import re
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

from cython_ufunc import body, cython_compiler, files, names, shim
from cython_ufunc.cython_compiler import TranslationRequest
from cython_ufunc.errors import UserError, warn

_DISTUTILS_LANGUAGE = re.compile(r"^\s*#\s*distutils:\s*language\s*=\s*(\S+)", re.MULTILINE)


class TranspileRequest(NamedTuple):
    """All that one transpile step is told. Paths are absolute."""

    source: Path
    module_name: str
    language: str  # "c" or "c++"
    body: Path
    shim: Optional[Path]  # None for a module without NumPy, which has no shim
    template: Path
    depfile: Optional[Path]
    depfile_root: Optional[Path]  # the depfile names files below it relative to it, as Ninja knows those it builds
    stamp: Optional[Path]  # written last; the depfile's target, else the body is
    headers: Sequence[Path]  # those that the build expects
    report: Optional[Path]  # the annotated HTML
    include_directories: Sequence[Path]
    directives: Sequence[str]
    cython_arguments: Sequence[str]
    shared_utility: str  # the qualified name of the shared utility module, or an empty string
    limited_api: Optional[bool]  # whether that is for the stable ABI; None: not known
    language_was_read: bool  # the build took the language from the source, as it was at configure time


def transpile(request: TranspileRequest) -> bool:
    """Makes the outputs of `request`. Returns False when Cython found errors, which it has printed."""
    names.check_module_name(request.module_name)
    if request.shared_utility:
        names.check_module_name(request.shared_utility)
    names.check_meson_target(request.body, request.module_name)
    _check_source(request)
    cython = cython_compiler.find_cython()
    # A step that fails from here on leaves nothing that a later build would take for up to date.
    if request.stamp:
        files.remove_if_there(request.stamp)
    with files.scratch_folder(request.body) as scratch:
        output = scratch / request.body.name
        translation = cython_compiler.translate(
            TranslationRequest(
                source=request.source,
                module_name=request.module_name,
                output=output,
                cplus=request.language == "c++",
                include_directories=request.include_directories,
                directives=request.directives,
                annotate=request.report is not None,
                arguments=request.cython_arguments,
                shared_utility=request.shared_utility,
            )
        )
        if translation is None:
            if not request.stamp:
                files.remove_if_there(request.body)
            return False
        _warn_of_unread_declarations(request, translation.dependencies)
        _write_sources(request, output.read_bytes())
        output.unlink()
        _write_by_products(request, scratch)
    dependencies = [
        request.source,
        *translation.dependencies,
        *own_files(),
        cython.path / "Shadow.py",  # it has Cython's version in it
        *([request.template] if request.shim else []),
    ]
    if request.depfile:
        target = request.stamp or request.body
        files.write_atomically(request.depfile, files.depfile_content(target, dependencies, request.depfile_root))
    if request.stamp:
        files.write_atomically(request.stamp, b"")
    return True


def own_files() -> List[Path]:
    """The transpiler's own source files."""
    package = Path(__file__).resolve().parent
    return [package.parent / "cython_ufunc_main.py", *sorted(package.glob("*.py"))]


def _check_source(request: TranspileRequest) -> None:
    """Raises UserError when the source cannot be read or is no longer what the build was configured for."""
    try:
        text = request.source.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"the source cannot be read: {error.strerror}.") from None
    found = _DISTUTILS_LANGUAGE.search(text)
    if found and request.language_was_read and found[1].lower() != request.language:
        raise UserError(
            f"it says '# distutils: language = {found[1]}', but the build was configured to compile it as "
            f"{request.language.upper()}. Configure the build again."
        )


def _warn_of_unread_declarations(request: TranspileRequest, read: Sequence[Path]) -> None:
    """Says so when Cython took no notice of the `.pxd` beside the source: the module's name leads it elsewhere."""
    declarations = request.source.with_suffix(".pxd")
    if declarations.is_file() and not any(path.samefile(declarations) for path in read if path.exists()):
        warn(
            f"{declarations} lies beside its source, but Cython did not read it: it looks for the declarations of "
            f"{request.module_name} in a folder of that name's packages. Move both files there, or give the module "
            "the name that their place says."
        )


def _write_sources(request: TranspileRequest, text: bytes) -> None:
    """Writes the body, and the shim unless the module has none, from Cython's output `text`."""
    if request.shared_utility and request.limited_api is not None:
        text = body.require_limited_api(text, request.limited_api)
    if request.shim:
        files.write_if_changed(request.shim, shim.make_shim(request.template, request.module_name))
        text = body.make_body(text, request.module_name)
    else:
        body.check_has_no_numpy(text, request.module_name)
    files.write_if_changed(request.body, text)


def _write_by_products(request: TranspileRequest, scratch: Path) -> None:
    """Moves what else Cython wrote in `scratch` (headers, the report) beside the body."""
    made: List[Path] = sorted(scratch.iterdir())
    for path in made:
        files.write_if_changed(request.body.parent / path.name, path.read_bytes())
    have = {path.name for path in made}
    for header in request.headers:
        if header.name not in have:  # the build was told that this step makes it
            text = f"/* {names.imported_name(request.module_name)} declares nothing for this header. */\n"
            files.write_if_changed(header, text.encode())
