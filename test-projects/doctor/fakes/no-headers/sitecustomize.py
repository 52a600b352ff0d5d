"""Has the interpreter say that its headers are in a folder that is not there."""

import sysconfig

original = sysconfig.get_paths


def get_paths(*arguments, **keywords):
    """As the original's, but for the headers."""
    return {**original(*arguments, **keywords), "include": "/nowhere/include"}


sysconfig.get_paths = get_paths
