import numpy as np
import pytest

import template_package


def test_ufunc():
    np.testing.assert_array_equal(template_package.add_one([1.0, 2.0]), [2.0, 3.0])
    assert isinstance(template_package.add_one, np.ufunc)


def test_helper():
    np.testing.assert_array_equal(template_package.even_numbers(4), [0, 2, 4, 6])


def test_helper_fails_with_an_exception():
    with pytest.raises(ValueError):
        template_package.even_numbers(-1)
