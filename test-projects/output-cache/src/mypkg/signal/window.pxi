cdef int WIDTH = 2


def width():
    return WIDTH
