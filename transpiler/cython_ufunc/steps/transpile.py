# SPDX-License-Identifier: BSD-3-Clause
"""The transpile step: from one `.pyx` to its body, its shim, its headers and its depfile."""

import io
import os
import re
from pathlib import Path
from typing import List, Optional, Tuple

from cython_ufunc import files, names
from cython_ufunc.cython import patches, warm_context
from cython_ufunc.cython.arguments import TranslationRequest
from cython_ufunc.cython.translate import Translation, needs_cplusplus, translate
from cython_ufunc.cython.version import find_cython
from cython_ufunc.errors import UserError, warn
from cython_ufunc.facts import requirements
from cython_ufunc.outputs import body, coverage_map, line_directives, shim
from cython_ufunc.reuse import fingerprint, lookups
from cython_ufunc.source_place import source_root
from cython_ufunc.step import Step
from cython_ufunc.steps.made import Made
from cython_ufunc.steps.scratch import scratch_folder

_LANGUAGE_SETTING = re.compile(r"#\s*(?:distutils|cython):\s*language\s*=(.*)")


def translation_request(step: Step, output: Path) -> TranslationRequest:
    """What Cython is asked for `step`, to write to `output`. Raises UserError for what cannot be had."""
    directives = list(step.directives)
    if "--free-threaded" in step.flags:
        requirements.check_free_threaded()
        directives.append("freethreading_compatible=True")
    if "--coverage" in step.flags:
        directives.append("linetrace=True")
    more = [line_directives.ARGUMENT] if "--line-directives" in step.flags else []
    return TranslationRequest(
        source=Path(step.source),
        module_name=step.module_name,
        output=output,
        cplus=step.language == "c++",
        include_directories=[Path(folder) for folder in step.include_directories],
        directives=directives,
        annotate="--annotate" in step.flags,
        arguments=[*step.cython_arguments, *more],
        shared_utility=step.shared_utility,
    )


def make(step: Step) -> Optional[Made]:
    """Makes the outputs of `step`. Returns None when Cython found errors, which it has printed."""
    names.check_module_name(step.module_name)
    if step.shared_utility:
        names.check_module_name(step.shared_utility)
    names.check_meson_target(Path(step.output), step.module_name)
    _check_source(step)
    cython = find_cython()
    step.begin()
    files.remove_if_there(step.record_path)
    with scratch_folder(Path(step.output)) as scratch:
        output = scratch / os.path.basename(step.output)
        translation = _translate(step, output)
        if translation is None:
            return None
        _warn_of_unread_declarations(step, translation)
        text = files.read_generated(output)
        output.unlink()
        outputs = [*_sources(step, text, translation), *_by_products(step, scratch)]
    if "--coverage" in step.flags:
        found = coverage_map.make_map(text, step.module_name, step.source, translation.read)
        outputs.append((os.path.splitext(step.output)[0] + coverage_map.SUFFIX, found))
    program = fingerprint.program_files(step.command, step.shim is not None, str(cython.path))
    return Made(outputs, [step.source, *map(os.path.abspath, translation.read), *program], translation)


def _translate(step: Step, output: Path) -> Optional[Translation]:
    """Has Cython write `output`. Returns None for errors, and raises UserError, after it removed an old output."""
    request = translation_request(step, output)
    reported = patches.record_errors()
    translation = translate(request, warm_context.find(request))
    in_wrong_language = not request.cplus and needs_cplusplus(reported, translation)
    if (translation is None or in_wrong_language) and not step.stamp:
        files.remove_if_there(step.output)
    if in_wrong_language:
        raise UserError(
            "it uses C++, and was translated to C. Give LANGUAGE CXX (with Meson: the generator "
            "cython_ufunc['cpp']), or, with CMake, begin it with '# distutils: language = c++'."
        )
    return translation


def _check_source(step: Step) -> None:
    """Raises UserError when the source cannot be read or is no longer what the build was configured for."""
    try:
        text = files.read(step.source).decode("utf-8", "replace")
    except OSError as error:
        raise UserError(f"the source cannot be read: {error.strerror}.") from None
    name = os.path.relpath(step.source, source_root(step.source, step.module_name))
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise UserError("its name is not UTF-8, as Cython writes it into its output. Rename it.") from None
    said = language_said(text)
    if said and "--language-was-read" in step.flags and said.lower() != step.language:
        raise UserError(
            f"it says '# distutils: language = {said}', but the build was configured to compile it as "
            f"{step.language.upper()}. Configure the build again."
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


def _warn_of_unread_declarations(step: Step, translation: Translation) -> None:
    """Says so when Cython took no notice of the `.pxd` beside the source: the module's name leads it elsewhere."""
    declarations = os.path.splitext(step.source)[0] + ".pxd"
    translation.looked_up.look(lookups.EXISTS, declarations)
    read = [path for path in translation.read if os.path.exists(path)]
    if os.path.isfile(declarations) and not any(os.path.samefile(path, declarations) for path in read):
        warn(
            f"{declarations} is beside its source, but Cython did not read it: it expects the declarations of "
            f"{step.module_name} in a folder of that name's packages. Move both files there, or give the module "
            "the name that their place says."
        )


def _sources(step: Step, text: bytes, translation: Translation) -> List[Tuple[str, bytes]]:
    """The body, and the shim unless the module has none, from Cython's output `text`."""
    if "--coverage" in step.flags:
        text = coverage_map.add_macros(text)
    if step.shared_utility and step.limited_api is not None:
        text = body.require_limited_api(text, step.limited_api)
    if step.shim is None:
        body.check_has_no_numpy(text, step.module_name)
        sources = [(step.output, text)]
    else:
        init_shim = shim.make_shim(Path(fingerprint.SHIM_TEMPLATE), step.module_name)
        sources = [(step.shim, init_shim), (step.output, body.make_body(text, step.module_name))]
    if "--line-directives" in step.flags:
        sources = [(path, line_directives.complete(content, path, translation.read)) for path, content in sources]
    return sources


def _by_products(step: Step, scratch: Path) -> List[Tuple[str, bytes]]:
    """What else Cython wrote in `scratch` (headers, the report), which belongs beside the body."""
    made = sorted(path for path in scratch.rglob("*") if path.is_file())
    folder = os.path.dirname(step.output)
    by_products = [(os.path.join(folder, path.relative_to(scratch)), files.read_generated(path)) for path in made]
    found = {path.name for path in made}
    for header in step.headers:
        if os.path.basename(header) not in found:  # the build expects it from this step
            name = names.in_comment(names.imported_name(step.module_name))
            text = f"/* {name} declares nothing for this header. */\n"
            by_products.append((header, text.encode()))
    return by_products
