# SPDX-License-Identifier: BSD-3-Clause
"""Configuration of the manual: https://www.sphinx-doc.org/en/master/usage/configuration.html"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "docs" / "extensions"))

project = "cython-ufunc"
author = "the cython-ufunc authors"
copyright = author
release = (ROOT / "transpiler/cython_ufunc/VERSION").read_text().strip()
version = release.rpartition(".")[0]

extensions = ["code_map", "sphinxcontrib.moderncmakedomain"]
nitpicky = True
html_theme = "furo"
html_title = f"cython-ufunc {release}"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_copy_source = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
highlight_language = "none"
exclude_patterns = ["requirements.txt"]
