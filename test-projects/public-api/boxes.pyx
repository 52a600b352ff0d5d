# cython: language_level=3
"""Public and api declarations, in C."""
cimport numpy as np

np.import_array()

cdef public struct Box:
    double width
    double height

cdef extern from *:
    "PyObject *boxes_helper_corners(void);"
    object boxes_helper_corners()


cdef public object corners(double width, double height):
    """An array made with NumPy's C API."""
    cdef np.npy_intp[2] shape = [2, 2]
    array = np.PyArray_ZEROS(2, shape, np.NPY_DOUBLE, 0)
    array[1, 0] = width
    array[1, 1] = height
    return array


cdef public api double box_area(Box *box) noexcept nogil:
    return box.width * box.height


cdef api object box_corners(Box *box):
    return corners(box.width, box.height)


def helper_corners():
    return boxes_helper_corners()
