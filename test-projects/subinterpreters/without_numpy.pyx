# cython: language_level=3
def double_it(double x):
    return 2 * x
