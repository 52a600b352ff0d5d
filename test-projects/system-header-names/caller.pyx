cdef extern from *:
    """double root_of_length(const char *text);"""
    double root_of_length(const char *text)


def call(bytes text):
    return root_of_length(text)
