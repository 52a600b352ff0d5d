from mypkg import fastmath, pure
from mypkg.sub import shapes

assert fastmath.sign(3) == 1
assert fastmath.add_one(1.0) == 2
assert fastmath.call_halved(4) == 1
assert fastmath.Box(4).size == 2
assert fastmath.included(1) == "yes"
assert shapes.area(2, 3) == 6
assert list(shapes.count(2)) == [0, 1]
assert pure.triple(2) == 6
print("tests passed")
