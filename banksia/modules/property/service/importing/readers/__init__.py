"""Readers of every format that a council imports: a file in, checked rows out, one after the other.

A reader never holds more than a few rows in memory, whatever the size of its file. What it cannot take it hands on as
`Rejected`, in the place where it stood; a file that it cannot read at all raises ImportRefused.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers.csv_land import CsvLandReader
from banksia.modules.property.service.importing.readers.description import FileDescription, SampleRow
from banksia.modules.property.service.importing.readers.gnaf import GnafReader
from banksia.modules.property.service.importing.readers.gnaf_core import GnafCoreReader
from banksia.modules.property.service.importing.readers.guessing import describe_file
from banksia.modules.property.service.importing.readers.keyed import AttributeReader as _AttributeReader
from banksia.modules.property.service.importing.readers.keyed import OwnerReader as _OwnerReader
from banksia.modules.property.service.importing.readers.lots import LotReader
from banksia.modules.property.service.importing.rows import ReadAttribute, ReadOwner, ReadRow

__all__ = [
    "LAND_FORMATS", "AttributeReader", "FileDescription", "LandReader", "OwnerReader", "SampleRow", "describe_file",
    "open_attribute_reader", "open_owner_reader", "open_reader",
]  # fmt: skip

Row_co = TypeVar("Row_co", covariant=True)


class Reader(Protocol[Row_co]):
    """An open file; `rows` can be walked once."""

    @property
    def size(self) -> int:
        """Bytes in all, for progress."""

    @property
    def read(self) -> int:
        """Bytes so far."""

    def rows(self) -> Iterator[Row_co | Rejected]:
        """Every row in the file's order; raises ImportRefused when the file turns out to be damaged."""


LandReader = Reader[ReadRow]
OwnerReader = Reader[ReadOwner]
AttributeReader = Reader[ReadAttribute]


_LAND: dict[str, Callable[[Path, ImportOptions], LandReader]] = {
    "csv": CsvLandReader,
    "gnaf": GnafReader,
    "gnaf-core": GnafCoreReader,
    "nsw-lots": LotReader,
}
LAND_FORMATS = tuple(_LAND)


def open_reader(path: Path, options: ImportOptions) -> LandReader:
    """Open a file of addresses and parcels in `options.format`; raises ImportRefused when it is no such file."""
    if options.format not in _LAND:
        message = f"“{options.format}” is no format of addresses and parcels. There are: {', '.join(_LAND)}."
        raise ImportRefused(message)
    return _LAND[options.format](path, options)


def open_owner_reader(path: Path, options: ImportOptions) -> OwnerReader:
    """Open a CSV of owners; raises ImportRefused when no column names the property or the owner."""
    return _OwnerReader(path, options)


def open_attribute_reader(path: Path, options: ImportOptions) -> AttributeReader:
    """Open a CSV of attributes, long or wide; raises ImportRefused when no column names the property or a value."""
    return _AttributeReader(path, options)
