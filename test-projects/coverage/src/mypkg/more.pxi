def included(x):
    if x:
        return "yes"
    return "no"
