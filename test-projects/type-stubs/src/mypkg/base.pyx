cdef class Named:
    def greeting(self) -> str:
        return f"I am {self.label}"
