# SPDX-License-Identifier: BSD-3-Clause
"""What pandas 3.0.4 did: with NumPy 2.5.0's headers it calls a slot that only 2.5 has."""

import numpy as np

cimport numpy as cnp

cnp.import_array()


def value(x):
    return cnp.get_timedelta64_value(x)


def total(x):
    cdef cnp.ndarray[double, ndim=1] array = np.asarray(x, dtype=float)
    cdef double result = 0
    cdef Py_ssize_t i
    for i in range(array.shape[0]):
        result += array[i]
    return cnp.PyArray_SimpleNew(1, array.shape, cnp.NPY_DOUBLE), result
