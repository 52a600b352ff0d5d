"""A user's code: what has no error comment is right."""

import numpy as np
from mypkg import base, shapes

area: float = shapes.Square(2.0, name="s").area()
side: shapes.Side = shapes.Side.LEFT
text: str | None = shapes.annotated(1.0, str, 2, verbose=True)
result: list[float] = shapes.typed_result(1.0, 3)
greeting: str = shapes.Square.unit().greeting()
label: str = base.Named().label or ""
ufunc: np.ufunc = shapes.add_one
colour: shapes.Colour = shapes.Colour.RED
square = shapes.Square(2.0)
square.half = 1.0

shapes.Square("x")  # error: arg-type
square.sides = 3  # error: misc
shapes.annotated(1.0, f=str)  # error: call-arg
shapes.root("x")  # error: arg-type
shapes.gone()  # error: attr-defined
