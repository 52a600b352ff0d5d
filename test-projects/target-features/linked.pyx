# cython: language_level=3
cdef extern from *:
    """
    #ifdef __cplusplus
    extern "C"
    #endif
    double add(double x, double y);
    """
    double add(double x, double y)
    int ANSWER


def add_answer(double x):
    """x plus the answer that the build defines."""
    return add(x, ANSWER)
