# cython: language_level=3
import cython


@cython.ufunc
@cython.cfunc
def cubed(x: cython.double) -> cython.double:
    return x * x * x


@cython.cclass
class Counter:
    count = cython.declare(cython.int, visibility="public")
