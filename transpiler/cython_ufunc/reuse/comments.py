# SPDX-License-Identifier: BSD-3-Clause
"""Comments in Cython's sources."""

from __future__ import annotations

import re

STRING_OR_COMMENT = re.compile(
    rb"""(?P<quotes>\"\"\"|''')(?:\\.|[^\\])*?(?P=quotes)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[ \t]*#[^\n]*""",
    re.DOTALL,
)
# Comments that have an effect. One with a quote may be the rest of a string that was not recognised as one.
_EFFECTIVE = re.compile(rb"""cython|distutils|coding|type:|tag:|["']""")


def without_comments(content: bytes) -> bytes:
    """`content` without its comments that have no effect, and without the space in front of them."""

    def replacement(match: re.Match[bytes]) -> bytes:
        text = match.group()
        is_comment = text.lstrip(b" \t").startswith(b"#")
        return b"" if is_comment and not _EFFECTIVE.search(text) else text

    return STRING_OR_COMMENT.sub(replacement, content)
