"""Calls the modules."""

import array_api
import module
import modé  # noqa: PLC2403
import numpy as np
from mypkg import ajouté  # noqa: PLC2403

x = np.arange(3.0)
np.testing.assert_array_equal(modé.scaled(x), 2 * x + 3)
np.testing.assert_array_equal(modé.zeros(2), [0, 0])
assert ajouté.plus_one(np.int32(1)) == 2 and ajouté.__name__ == "mypkg.ajouté"
assert module.size(x) == array_api.size(x) == 3
print("names: modules with names beyond ASCII, and of the runtime's, work")
