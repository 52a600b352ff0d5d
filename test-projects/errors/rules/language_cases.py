"""Cython sources by what their comments have to say on the language: c, c++ or nothing."""

LICENCE = "# A licence.\n#\n# It has many lines.\n"

CASES = {
    "nothing": ("import numpy\n", ""),
    "empty": ("", ""),
    "c": ("# distutils: language = c\n", "c"),
    "c++": ("# distutils: language = c++\nimport numpy\n", "c++"),
    "without spaces": ("#distutils:language=c++\n", "c++"),
    "tabs": ("#\tdistutils:\tlanguage\t=\tc++\t\n", "c++"),
    "indented": ("   # distutils: language = c++\n", "c++"),
    "below a licence and empty lines": (LICENCE + "\n\n  \n# distutils: language = c++\n", "c++"),
    "no end of line": ("# distutils: language = c++", "c++"),
    "windows' ends of lines": ("# A comment\r\n# distutils: language = c++\r\nimport numpy\r\n", "c++"),
    "twice, the last one counts": ("# distutils: language = c\n# distutils: language = c++\n", "c++"),
    "twice, the other way": ("# distutils: language = c++\n# distutils: language = c\n", "c"),
    "as a comment for Cython": ("# cython: language = c++\n", "c++"),
    "another comment for Cython": ("# cython: language_level = 3\n# cython: boundscheck = False\n", ""),
    "in a docstring": ('"""\n# distutils: language = c++\n"""\n', ""),
    "below a docstring": ('"""Sums."""\n# distutils: language = c++\n', ""),
    "below code": ("import numpy\n# distutils: language = c++\n", ""),
    "at the end of a line of code": ("import numpy  # distutils: language = c++\n", ""),
    "a space before the colon": ("# distutils : language = c++\n", ""),
    "two number signs": ("## distutils: language = c++\n", ""),
    "within a comment": ("# such as # distutils: language = c++\n", ""),
    "another setting": ("# distutils: sources = more.c\n# distutils: language = c++\n", "c++"),
    "unbalanced brackets": ("# [a; b\n# distutils: language = c++\n# ]; c\\\n", "c++"),
    "letters beyond ASCII": ("# élève # distutils: language = c\n# distutils: language = c++\n", "c++"),
}
