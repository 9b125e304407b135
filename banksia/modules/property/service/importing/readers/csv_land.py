"""Addresses and parcels from a CSV."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from banksia.modules.property.service.importing.coordinates import Coordinates
from banksia.modules.property.service.importing.csv_files import CsvFile
from banksia.modules.property.service.importing.options import ImportOptions, Rejected, RowRejected
from banksia.modules.property.service.importing.rows import ReadRow, read_row

BATCH = 5_000


class CsvLandReader:
    """Rows of addresses and parcels; coordinates are turned many at once."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Read the header; raises ImportRefused when it names nothing that can be imported."""
        self.file = CsvFile(path, options)
        self.options = options
        columns = {field for field, _ in self.file.columns}
        self.coordinates = Coordinates(options.crs, columns=columns, gda94=self.file.gda94)
        self.size, self.read = self.file.size, 0

    def rows(self) -> Iterator[ReadRow | Rejected]:
        """Every row in the file's order."""
        found = (self._row(each) for each in self.file.rows())
        while batch := list(islice(found, BATCH)):
            points = iter(self.coordinates.transform([row.point for row in batch if isinstance(row, ReadRow)]))
            for row in batch:
                if isinstance(row, Rejected):
                    yield row
                    continue
                point = next(points)
                if row.point and not point:
                    yield Rejected(row.line, "The coordinates are not in Australia.", str(row.point))
                else:
                    yield row._replace(point=point)
        self.read = self.size

    def _row(self, found: tuple[int, dict[str, str], int] | Rejected) -> ReadRow | Rejected:
        if isinstance(found, Rejected):
            return found
        line, cells, read = found
        self.read = min(read, self.size)
        try:
            return read_row(line, cells, self.coordinates.names, synthesise=self.options.synthesise_parcels)
        except RowRejected as verdict:
            return Rejected(line, verdict.reason, verdict.value)
