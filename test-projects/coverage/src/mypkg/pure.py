def triple(x):
    if x is None:
        return None
    return 3 * x
