# cython: language_level=3
cdef class Counter:
    """Counts words."""

    cdef dict counts

    def __init__(self, str text):
        self.counts = {}
        for word in text.split():
            self.counts[word] = self.counts.get(word, 0) + 1

    cpdef int count(self, str word):
        return self.counts.get(word, 0)
