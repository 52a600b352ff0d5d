# cython: language_level=3


def item(const double[:] values, Py_ssize_t index):
    """values[index], with or without a check of the index."""
    return values[index]
