"""Addresses and parcels from the CSV of any rates system."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.coordinates import ColumnCoordinates
from banksia.modules.property.service.importing.options import ImportOptions, Rejected, RowRejected
from banksia.modules.property.service.importing.readers.cells import read_row
from banksia.modules.property.service.importing.readers.fields import LAND_FIELDS
from banksia.modules.property.service.importing.readers.tables import Table
from banksia.modules.property.service.importing.readers.values import number_or_none
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.importing.shapes import Neighbours, synthetic_outline
from banksia.modules.property.service.importing.synthesis import drawn_of

BATCH: Final = 2_000
_NEEDED: Final = frozenset(("address", "parcel", "plan", "street"))
_SAMPLED: Final = 20
_NEIGHBOURS_UP_TO: Final = 48 * 1024**2
"""Bytes of a file whose points are all kept, so that invented lots keep off their neighbours."""


class CsvLandReader:
    """Rows of addresses and parcels; coordinates are turned many at once."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Read the header; raises ImportRefused when it names nothing that can be imported."""
        self.table = Table(path, LAND_FIELDS, options.mapping)
        columns = self.table.columns.names
        if not _NEEDED & set(columns):
            message = (
                "The first line names no address and no parcel. It has: "
                f"{', '.join(filter(None, self.table.form.header))[:500] or 'nothing'}. "
                "Give the columns a header, or name them in the mapping."
            )
            raise ImportRefused(message)
        sample = self.table.sample(_SAMPLED) if "x" in columns else ()
        self.coordinates = ColumnCoordinates(options.crs, columns, sample)
        self.mapping = options.mapping
        self.synthesise = options.synthesise_parcels
        self.neighbours: Neighbours | None = None
        self.localities = frozenset(name.upper() for name in options.localities)

    @property
    def size(self) -> int:
        """Bytes in all."""
        return self.table.contents.size

    @property
    def read(self) -> int:
        """Bytes so far."""
        return self.table.contents.read

    def rows(self) -> Iterator[ReadRow | Rejected]:
        """Every row in the file's order."""
        if self.synthesise and self.coordinates.present and self.size <= _NEIGHBOURS_UP_TO:
            self.neighbours = Neighbours(self._points())
        found = (self.row(row) for row in self.table.rows())
        while batch := list(islice(found, BATCH)):
            points = iter(self.coordinates.transform([row.point for row in batch if isinstance(row, ReadRow)]))
            for row in batch:
                if isinstance(row, Rejected):
                    yield row
                elif self._is_wanted(row):
                    yield self.placed(row, next(points))
                else:
                    next(points)

    def row(self, row: tuple[int, dict[str, str]] | Rejected) -> ReadRow | Rejected:
        """One row, its point still the file's."""
        if isinstance(row, Rejected):
            return row
        line, cells = row
        try:
            return read_row(
                line,
                cells,
                self.coordinates.names,
                synthesise=self.synthesise,
                area_unit=self.table.columns.area_unit,
            )
        except RowRejected as verdict:
            return Rejected(line, verdict.reason, verdict.value)

    def look(self, line: int, raw: list[str]) -> list[ReadRow | Rejected]:
        """What one row of the file says, its point in GDA2020."""
        row = self.row(self.table.by_field(line, raw))
        if isinstance(row, Rejected):
            return [row]
        return [self.placed(row, self.coordinates.transform([row.point])[0])]

    def placed(self, row: ReadRow, point: tuple[float, float] | None) -> ReadRow | Rejected:
        """The row with its point in GDA2020; an invented parcel gets its shape."""
        if row.point is None:
            return row
        if point is None:
            return self.coordinates.refusal(row.line, row.point)
        if not row.is_synthetic:
            return row._replace(point=point)
        drawn = drawn_of(row.parcels[0].plan)
        outline, area = synthetic_outline(point, area=row.area, drawn=drawn, neighbours=self.neighbours)
        return row._replace(point=point, geometry=outline, area=area)

    def _points(self) -> Iterator[tuple[float, float]]:
        """The points of the whole file, in GDA2020, read beforehand."""
        first, second = self.coordinates.names
        rows = Table(self.table.contents.path, LAND_FIELDS, self.mapping).rows()
        while batch := list(islice(rows, BATCH)):
            cells = [row[1] for row in batch if not isinstance(row, Rejected)]
            given = [(number_or_none(each.get(first)), number_or_none(each.get(second))) for each in cells]
            points = [(x, y) for x, y in given if x is not None and y is not None]
            yield from filter(None, self.coordinates.transform(points))

    def _is_wanted(self, row: ReadRow) -> bool:
        return not self.localities or row.parts is None or (row.parts.locality or "") in self.localities
