"""The tiles of zoom 17 (Web Mercator) by which neighbours are found: about 250 metres across in New South Wales.

Row-level security lets an index answer equality only, so what lies near is what lies in the same tile or the eight
around it.
"""

import math
from collections.abc import Iterable

IN_A_ROW = 2**17


def cell_of(longitude: float, latitude: float) -> int:
    """The tile that holds a point, as x times 2^17 plus y."""
    x = math.floor((longitude + 180) / 360 * IN_A_ROW)
    y = math.floor((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * IN_A_ROW)
    return x * IN_A_ROW + y


def cells_around(cells: Iterable[int]) -> set[int]:
    """Some tiles and the eight around each."""
    steps = (-1, 0, 1)
    return {cell + x * IN_A_ROW + y for cell in cells for x in steps for y in steps}
