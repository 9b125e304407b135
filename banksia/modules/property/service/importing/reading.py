"""The rows of a file on their way to staging: those that can be taken, and a list of those that cannot."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from banksia.kit.words import harmless
from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.readers import Reader

BATCH = 5_000
Progress = Callable[[int, int], None]
RowT = TypeVar("RowT")


class RejectedRows:
    """The report file; it is begun by the first rejected row."""

    def __init__(self, path: Path) -> None:
        """Take where it is written."""
        self.path = path
        self.count = 0
        self._waiting: list[Rejected] = []

    def add(self, row: Rejected) -> None:
        """One more row that was not taken."""
        self._waiting.append(row)
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if not self._waiting:
            return
        begin = self.count == 0
        with self.path.open("w" if begin else "a", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            if begin:
                writer.writerow(["line", "reason", "value"])
            for row in sorted(self._waiting, key=lambda each: each.line):
                writer.writerow([row.line, row.reason, harmless(row.value)])
        self.count += len(self._waiting)
        self._waiting.clear()


class ReadRows:
    """Walks a reader once; counts its rows and says how far it is."""

    def __init__(self, rejected: RejectedRows, on_progress: Progress | None) -> None:
        """Take the list of rejected rows and who hears of the progress."""
        self.rejected, self.on_progress, self.rows = rejected, on_progress, 0

    def of(self, reader: Reader[RowT]) -> Iterator[RowT]:
        """The rows that can be taken; the others go to the report file."""
        for row in reader.rows():
            self.rows += 1
            if isinstance(row, Rejected):
                self.rejected.add(row)
            else:
                yield row
            if self.on_progress and self.rows % BATCH == 0:
                self.on_progress(min(reader.read, reader.size), reader.size)
        self.rejected.flush()
        if self.on_progress:
            self.on_progress(reader.size, reader.size)
