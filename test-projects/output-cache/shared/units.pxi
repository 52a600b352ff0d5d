def in_metres(x, fail=False):
    if fail:
        raise ValueError("metres")
    return 1000 * x
