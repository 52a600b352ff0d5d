# SPDX-License-Identifier: BSD-3-Clause
"""Checks the links inside the built manual, and that files which the Markdown files link to, or name, are there.

Usage: check_links.py <folder of the built manual>

Links to other sites are not followed: their being there is not this repository's to test.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Set, Tuple
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


class Page(HTMLParser):
    """The links of a page, and the anchors that links can lead to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: Set[str] = set()
        self.anchors: Set[str] = {"", "top"}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        """Notes what the tag refers to, and what it can be found by."""
        for name, value in attrs:
            if value and name in ("href", "src"):
                self.links.add(value)
            elif value and name in ("id", "name"):
                self.anchors.add(value)


def broken_in_manual(folder: Path) -> Iterator[str]:
    """Each link of the manual that leads nowhere."""
    pages: Dict[Path, Page] = {path.resolve(): Page(path) for path in folder.rglob("*.html")}
    if len(pages) < 20:
        yield f"only {len(pages)} pages in {folder}: is the manual there?"
    for path, page in pages.items():
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                yield f"{path.relative_to(folder)}: {link} is not there"
            elif target in pages and unquote(parts.fragment) not in pages[target].anchors:
                yield f"{path.relative_to(folder)}: {link} has no such anchor"


def broken_in_markdown() -> Iterator[str]:
    """Each link of the Markdown files at the top that leads to no file, and each path in them that is none."""
    for path in sorted(ROOT.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r"^\[[^]]+\]: (\S+)", text, re.MULTILINE):
            if not urlsplit(link).scheme and not (path.parent / link).exists():
                yield f"{path.name}: {link} is not there"
        for line in text.splitlines():
            spans = re.findall(r"`([^`]+)`", line)
            folders = [ROOT, *(ROOT / span for span in spans if span.endswith("/"))]
            for span in spans:
                # A path has a folder in it; in a line that names a folder, a file's name is one, too.
                is_path = re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?|[\w.-]+/", span)
                is_file = len(folders) > 1 and re.fullmatch(r"[\w-]+\.\w+", span)
                if (is_path or is_file) and not any((folder / span).exists() for folder in folders):
                    yield f"{path.name}: {span} is not there"


def main() -> int:
    """Prints the broken links; returns 1 when there are some."""
    problems = [*broken_in_manual(Path(sys.argv[1]).resolve()), *broken_in_markdown()]
    print("\n".join(problems) or "each link leads somewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
