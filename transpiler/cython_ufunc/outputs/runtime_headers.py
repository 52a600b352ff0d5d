# SPDX-License-Identifier: BSD-3-Clause
"""What generated sources say to the compiler where it does not find the runtime's headers."""


def require(header: str) -> str:
    """Lines of C that include `header` of the runtime, or end the compilation with what the target lacks."""
    problem = (
        "the target is not linked to cython-ufunc's runtime. Link it to CythonUfunc::runtime; with Meson, "
        "give it dependencies: cython_ufunc['dependency']"
    )
    return (
        "#ifdef __has_include\n"
        f'#if !__has_include("{header}")\n'
        f'#error "{problem}"\n'
        "#endif\n#endif\n"
        f'#include "{header}"\n'
    )
