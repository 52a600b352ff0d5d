"""Calls what was built beside headers with names of the system's."""

import errno
import time

import caller
import clock
import mypkg.math
import mypkg.string
import mypkg.time

assert mypkg.math.root_of_twice(8) == mypkg.math.root_by_helper(8) == 4
assert mypkg.string.length(b"four") == 4
assert abs(mypkg.time.seconds() - time.time()) < 60
assert caller.call(b"nine bytes"[:9]) == 3
assert clock.stopped() == (17, errno.EDOM)
print("system-header-names: math.h, string.h, time.h and errno.h of a project's own are in nobody's way")
