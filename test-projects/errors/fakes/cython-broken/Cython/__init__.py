"""A Cython that cannot be imported, and not for being absent."""

raise RuntimeError("half installed")
