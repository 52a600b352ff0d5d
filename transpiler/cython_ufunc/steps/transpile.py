# SPDX-License-Identifier: BSD-3-Clause
"""The transpile step: from one `.pyx` to its body, its shim, its headers and its depfile."""

import io
import os
import re
from pathlib import Path
from typing import Iterable, NamedTuple, Optional, Sequence, Tuple

from cython_ufunc import files, names
from cython_ufunc.cython import patches, warm_context
from cython_ufunc.cython.arguments import TranslationRequest
from cython_ufunc.cython.translate import Translation, needs_cplusplus, translate
from cython_ufunc.cython.version import find_cython
from cython_ufunc.errors import UserError, warn
from cython_ufunc.outputs import body, coverage_map, line_directives, shim
from cython_ufunc.reuse import fingerprint, lookups, up_to_date
from cython_ufunc.source_place import source_root
from cython_ufunc.steps.here import Made
from cython_ufunc.steps.scratch import scratch_folder

_LANGUAGE_SETTING = re.compile(r"#\s*(?:distutils|cython):\s*language\s*=(.*)")


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
    line_directives: bool  # whether the body says which line of which source it is from
    coverage_map: Optional[Path]  # see coverage_map.py; None: no coverage
    include_directories: Sequence[Path]
    directives: Sequence[str]
    cython_arguments: Sequence[str]
    shared_utility: str  # the qualified name of the shared utility module, or an empty string
    limited_api: Optional[bool]  # whether that is for the stable ABI; None: not known
    language_was_read: bool  # the build took the language from the source, as it was at configure time


def translation_request(request: TranspileRequest, output: Path) -> TranslationRequest:
    """What Cython is asked for `request`, to write to `output`."""
    return TranslationRequest(
        source=request.source,
        module_name=request.module_name,
        output=output,
        cplus=request.language == "c++",
        include_directories=request.include_directories,
        directives=request.directives,
        annotate=request.report is not None,
        arguments=[*request.cython_arguments, *([line_directives.ARGUMENT] if request.line_directives else [])],
        shared_utility=request.shared_utility,
    )


def transpile(request: TranspileRequest) -> Optional[Made]:
    """Makes the outputs of `request`. Returns None when Cython found errors, which it has printed."""
    names.check_module_name(request.module_name)
    if request.shared_utility:
        names.check_module_name(request.shared_utility)
    names.check_meson_target(request.body, request.module_name)
    _check_source(request)
    cython = find_cython()
    # A step that fails from here on leaves nothing that a later build would take for up to date.
    if request.stamp:
        files.remove_if_there(request.stamp)
    up_to_date.forget(str(request.body))
    with scratch_folder(request.body) as scratch:
        output = scratch / request.body.name
        asked = translation_request(request, output)
        reported = patches.record_errors()
        translation = translate(asked, warm_context.find(asked))
        in_wrong_language = not asked.cplus and needs_cplusplus(reported, translation)
        if translation is None or in_wrong_language:
            if not request.stamp:
                files.remove_if_there(request.body)
            if in_wrong_language:
                raise UserError(
                    "it uses C++, and was translated to C. Give LANGUAGE CXX (with Meson: the generator "
                    "cython_ufunc['cpp']), or, with CMake, begin it with '# distutils: language = c++'."
                )
            return None
        _warn_of_unread_declarations(request, translation)
        text = files.read_generated(output)
        output.unlink()
        sources = _sources(request, text)
        if request.line_directives:
            sources = [(path, _with_line_directives(path, content, translation)) for path, content in sources]
        outputs = [*sources, *_by_products(request, scratch)]
        if request.coverage_map:
            found = coverage_map.make_map(text, request.module_name, str(request.source), translation.read)
            outputs.append((request.coverage_map, found))
    for path, content in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_if_changed(path, content)
    dependencies = [
        str(request.source),
        *map(os.path.abspath, translation.read),
        *fingerprint.program_files(str(cython.path), fingerprint.SHIM_TEMPLATE if request.shim else None),
    ]
    files.finish_step(request.body, request.depfile, request.stamp, dependencies, request.depfile_root)
    return Made(outputs, translation)


def _check_source(request: TranspileRequest) -> None:
    """Raises UserError when the source cannot be read or is no longer what the build was configured for."""
    try:
        text = request.source.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"the source cannot be read: {error.strerror}.") from None
    name = os.path.relpath(request.source, source_root(str(request.source), request.module_name))
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise UserError("its name is not UTF-8, as Cython writes it into its output. Rename it.") from None
    said = language_said(text)
    if said and request.language_was_read and said.lower() != request.language:
        raise UserError(
            f"it says '# distutils: language = {said}', but the build was configured to compile it as "
            f"{request.language.upper()}. Configure the build again."
        )


def language_said(text: str) -> str:
    """What `# distutils: language` says in the source `text`, or an empty string.

    The rule is that of Cython's build (Cython/Build/Dependencies.py), and of the CMake functions: comments before the
    first line that is none, and the last one counts.
    """
    said = ""
    for line in map(str.strip, io.StringIO(text)):
        if line and not line.startswith("#"):
            break
        match = _LANGUAGE_SETTING.match(line)
        if match:
            said = match[1].strip()
    return said


def _warn_of_unread_declarations(request: TranspileRequest, translation: Translation) -> None:
    """Says so when Cython took no notice of the `.pxd` beside the source: the module's name leads it elsewhere."""
    declarations = request.source.with_suffix(".pxd")
    translation.looked_for.look(lookups.EXISTS, str(declarations))
    read = [path for path in translation.read if os.path.exists(path)]
    if declarations.is_file() and not any(os.path.samefile(path, declarations) for path in read):
        warn(
            f"{declarations} lies beside its source, but Cython did not read it: it looks for the declarations of "
            f"{request.module_name} in a folder of that name's packages. Move both files there, or give the module "
            "the name that their place says."
        )


def _sources(request: TranspileRequest, text: bytes) -> Iterable[Tuple[Path, bytes]]:
    """The body, and the shim unless the module has none, from Cython's output `text`."""
    if request.coverage_map:
        text = coverage_map.add_macros(text)
    if request.shared_utility and request.limited_api is not None:
        text = body.require_limited_api(text, request.limited_api)
    if request.shim is None:
        body.check_has_no_numpy(text, request.module_name)
        return [(request.body, text)]
    return [
        (request.shim, shim.make_shim(request.template, request.module_name)),
        (request.body, body.make_body(text, request.module_name)),
    ]


def _with_line_directives(path: Path, content: bytes, translation: Translation) -> bytes:
    return line_directives.complete(content, str(path), translation.read)


def _by_products(request: TranspileRequest, scratch: Path) -> Iterable[Tuple[Path, bytes]]:
    """What else Cython wrote in `scratch` (headers, the report), which belongs beside the body."""
    made = sorted(path for path in scratch.rglob("*") if path.is_file())
    by_products = [(request.body.parent / path.relative_to(scratch), files.read_generated(path)) for path in made]
    have = {path.name for path in made}
    for header in request.headers:
        if header.name not in have:  # the build was told that this step makes it
            name = names.in_comment(names.imported_name(request.module_name))
            text = f"/* {name} declares nothing for this header. */\n"
            by_products.append((header, text.encode()))
    return by_products
