# cython: language_level=3


def steps(int n):
    """n doubled, in three lines."""
    total = n
    total += n
    return total
