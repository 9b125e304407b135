"""Invented outlines: the same every time, around their point, and off their neighbours."""

from itertools import combinations, pairwise
from math import hypot
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from banksia.modules.property.service.importing.options import ImportOptions
from banksia.modules.property.service.importing.readers import open_reader
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.importing.shapes import Neighbours, synthetic_outline

Ring = list[list[float]]
METRES = st.integers(-60, 60)


def ring_of(point: tuple[float, float], neighbours: Neighbours | None) -> Ring:
    outline, _ = synthetic_outline(point, area=None, drawn=30, neighbours=neighbours)
    ring: Ring = outline["coordinates"][0]
    return ring


def apart(first: Ring, second: Ring) -> bool:
    """Whether a line along a side of one keeps two convex outlines apart, but for a few centimetres of rounding."""
    for ring, other in ((first, second), (second, first)):
        for (x1, y1), (x2, y2) in pairwise(ring):
            length = hypot(x2 - x1, y2 - y1)
            if length < 1e-6:
                continue
            own = sum((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for x, y in ring)
            side = 1 if own > 0 else -1
            if max(side * ((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) / length for x, y in other) < 5e-7:
                return True
    return False


class TestSyntheticOutline:
    def test_alone_it_is_a_quadrilateral_of_six_hundred_square_metres(self) -> None:
        outline, area = synthetic_outline((150.15, -33.48), area=None, drawn=30, neighbours=None)
        assert (len(outline["coordinates"][0]), round(area)) == (5, 600)
        assert synthetic_outline((150.15, -33.48), area=450.0, drawn=30, neighbours=None)[1] == 450.0

    @given(st.lists(st.tuples(METRES, METRES), min_size=2, max_size=12, unique=True))
    def test_no_two_lie_on_one_another(self, offsets: list[tuple[int, int]]) -> None:
        points = [(150.15 + x * 1.08e-5, -33.48 + y * 9e-6) for x, y in offsets]
        rings = [ring_of(point, Neighbours(points)) for point in points]
        assert rings == [ring_of(point, Neighbours(reversed(points))) for point in points]
        assert all(apart(first, second) for first, second in combinations(rings, 2))

    def test_lots_without_parcels_get_them_and_real_ones_do_not(self, tmp_path: Path) -> None:
        path = tmp_path / "register.csv"
        path.write_text(
            "address,lot,plan,longitude,latitude\n"
            "1 MAIN ST LITHGOW,,,150.15,-33.48\n2 MAIN ST LITHGOW,,,150.1502,-33.48\n"
            "3 MAIN ST LITHGOW,1,DP9,150.1504,-33.48\n4 MAIN ST LITHGOW,,,,\n"
        )
        rows = list(open_reader(path, ImportOptions(synthesise_parcels=True)).rows())
        found = [row for row in rows if isinstance(row, ReadRow)]
        assert [(row.is_synthetic, row.geometry is not None, row.area is not None) for row in found] == [
            (True, True, True), (True, True, True), (False, False, False), (True, False, False),
        ]  # fmt: skip
        again = list(open_reader(path, ImportOptions(synthesise_parcels=True)).rows())
        assert again == rows
