# cython: language_level=3
"""Calls the functions of other modules through the api headers."""
cdef extern from "boxes_api.h":
    struct Box:
        double width
        double height
    int import_boxes() except -1
    double box_area(Box *box)
    object box_corners(Box *box)

cdef extern from *:
    """
    #ifdef __cplusplus
    extern "C"
    #endif
    PyObject *user_helper_volumes(PyObject *edges);
    """
    object user_helper_volumes(object edges)

import_boxes()


def area(width, height):
    cdef Box box
    box.width = width
    box.height = height
    return box_area(&box)


def corners(width, height):
    cdef Box box
    box.width = width
    box.height = height
    return box_corners(&box)


def volumes(edges):
    return user_helper_volumes(edges)
