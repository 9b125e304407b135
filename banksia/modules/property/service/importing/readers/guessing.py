"""What a file seems to be, for the preview in which a person checks and corrects the mapping before an import."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers.csv_land import CsvLandReader
from banksia.modules.property.service.importing.readers.description import SAMPLE_ROWS, FileDescription, SampleRow
from banksia.modules.property.service.importing.readers.fields import LAND_FIELDS, Synonyms
from banksia.modules.property.service.importing.readers.gnaf import PROPERTY_COLUMN, GnafReader
from banksia.modules.property.service.importing.readers.gnaf_core import GnafCoreReader
from banksia.modules.property.service.importing.readers.keyed import (
    ATTRIBUTE_FIELDS,
    OWNER_FIELDS,
    AttributeReader,
    OwnerReader,
)
from banksia.modules.property.service.importing.readers.lots import LOT_FIELDS, LotReader
from banksia.modules.property.service.importing.readers.samples import sample_of
from banksia.modules.property.service.importing.readers.shapefiles import Shapefile
from banksia.modules.property.service.importing.readers.tables import Table
from banksia.modules.property.service.importing.readers.texts import text_rows

_LOOKED_AT: Final = 500
"""Rows of which the share that cannot be read is told."""
_TABLES: Final[dict[str, Callable[[Path, ImportOptions], CsvLandReader | OwnerReader | AttributeReader]]] = {
    "csv": CsvLandReader, "owners": OwnerReader, "attributes": AttributeReader,
}  # fmt: skip
_SYNONYMS: dict[str, Synonyms] = {
    "csv": LAND_FIELDS, "owners": OWNER_FIELDS, "attributes": ATTRIBUTE_FIELDS, "nsw-lots": LOT_FIELDS,
    "gnaf": {"assessment": (PROPERTY_COLUMN,)}, "gnaf-core": {},
}  # fmt: skip


def describe_file(
    path: Path,
    file_format: str,
    mapping: dict[str, str],
    crs: str | None = None,
    *,
    synthesise: bool = False,
) -> FileDescription:
    """Describe a file as an import would read it.

    What is wrong with the file as a whole is a problem of the description, not an error, so that a person sees the
    columns and can correct the mapping.
    """
    options = ImportOptions(format=file_format, mapping=mapping, crs=crs, synthesise_parcels=synthesise)
    try:
        return _DESCRIBERS[file_format](path, options)
    except KeyError:
        return _refused(file_format, f"“{file_format}” is no format. There are: {', '.join(_DESCRIBERS)}.")
    except ImportRefused as refusal:
        return _refused(file_format, refusal.detail)


def _refused(format_name: str, problem: str) -> FileDescription:
    return FileDescription(format_name, None, None, [], {}, list(_SYNONYMS.get(format_name, ())), [], [problem])


def _table(path: Path, options: ImportOptions) -> FileDescription:
    """A text file: its form is told even when an import would refuse it."""
    synonyms = _SYNONYMS[options.format]
    table = Table(path, synonyms, {field: name for field, name in options.mapping.items() if field in synonyms})
    problems: list[str] = []
    samples: list[SampleRow] = []
    try:
        read, total = _read_rows(path, options)
        samples = read[:SAMPLE_ROWS]
        problems = _problems([row.rejected for row in read if row.rejected], total)
    except ImportRefused as refusal:
        problems = [refusal.detail]
        samples = [
            SampleRow(row[0], row[1]) for row in islice(table.raw(), SAMPLE_ROWS) if not isinstance(row, Rejected)
        ]
    form = table.form
    if len(form.header) == 1 and not problems:
        problems.append(
            "The file has one column only. If it should have more, its columns are separated by a sign "
            "other than comma, semicolon, tab or |."
        )
    names = table.columns.names
    return FileDescription(
        options.format, form.label, form.delimiter, form.header, names, list(synonyms), samples, problems
    )


def _read_rows(path: Path, options: ImportOptions) -> tuple[list[SampleRow], int]:
    """The first rows as they are read, and how many were looked at."""
    found: list[SampleRow] = []
    total = 0
    reader = _TABLES[options.format](path, options)
    for row in islice(reader.table.raw(), _LOOKED_AT):
        total += 1
        if isinstance(row, Rejected):
            found.append(SampleRow(row.line, [row.value], rejected=row.reason))
        else:
            found.append(sample_of(row[0], row[1], reader.look(*row)))
    return found, total


def _problems(reasons: list[str], total: int) -> list[str]:
    """What many rows have in common, as sentences."""
    if not total:
        return ["The file has no rows."]
    problems = []
    swapped = sum("seem to be swapped" in reason for reason in reasons)
    outside = sum("not in Australia" in reason for reason in reasons)
    widths = sum("cells, the header" in reason for reason in reasons)
    if swapped * 2 > total:
        problems.append("Longitude and latitude seem to be swapped. Map them the other way round.")
    if outside * 2 > total:
        problems.append("Most points are not in Australia. Check the reference system of the coordinates.")
    if widths * 10 > total:
        problems.append(
            f"{widths} of the first {total} rows have another number of cells than the header. "
            "Check the delimiter, and that cells which hold it are in quotation marks."
        )
    if len(reasons) * 10 > total:
        problems.append(f"{len(reasons)} of the first {total} rows cannot be read. The first says: {reasons[0]}")
    return problems


def _pointless(samples: list[SampleRow]) -> list[str]:
    """What to say when G-NAF's addresses come without points, which they never should."""
    bare = sum("longitude" not in row.values for row in samples if not row.rejected)
    if bare * 2 <= len(samples):
        return []
    return [f"{bare} of the first {len(samples)} addresses have no point in Australia and are taken without one."]


def _gnaf(path: Path, options: ImportOptions) -> FileDescription:
    rows = GnafReader(path, options).sample(_LOOKED_AT)
    samples = [
        sample_of(row.line, [] if isinstance(row, Rejected) else [row.address_external_id or ""], [row]) for row in rows
    ]
    problems = _problems([row.rejected for row in samples if row.rejected], len(samples)) + _pointless(samples)
    return FileDescription(
        options.format, "UTF-8", "|", ["ADDRESS_DETAIL_PID"], dict(options.mapping), ["assessment"],
        samples[:SAMPLE_ROWS], problems,
    )  # fmt: skip


def _gnaf_core(path: Path, options: ImportOptions) -> FileDescription:
    reader = GnafCoreReader(path, options)
    samples = [
        SampleRow(row.line, [row.value], rejected=row.reason)
        if isinstance(row, Rejected)
        else sample_of(row[0], row[1], reader.look(*row))
        for row in islice(text_rows(reader.contents, reader.name, reader.form), _LOOKED_AT)
    ]
    problems = _problems([row.rejected for row in samples if row.rejected], len(samples)) + _pointless(samples)
    header = reader.form.header
    return FileDescription(options.format, reader.form.label, "|", header, {}, [], samples[:SAMPLE_ROWS], problems)


def _lots(path: Path, options: ImportOptions) -> FileDescription:
    reader = LotReader(path, options)
    read: list[SampleRow] = []
    names: list[str] = []
    problems: list[str] = []
    try:
        for found in islice(reader.source.features(), _LOOKED_AT):
            if isinstance(found, Rejected):
                read.append(SampleRow(found.line, [found.value], rejected=found.reason))
                continue
            names = names or list(found[1][0])
            raw = ["" if value is None else str(value) for value in found[1][0].values()]
            read.append(sample_of(found[0], raw, [reader.look(*found)]))
    except ImportRefused as refusal:
        problems = [refusal.detail]
    encoding = reader.source.encoding if isinstance(reader.source, Shapefile) else "utf-8"
    mapped = reader.mapped.names if reader.mapped else {}
    problems += _problems([row.rejected for row in read if row.rejected], len(read))
    return FileDescription(
        options.format, encoding.upper(), None, names, mapped, list(LOT_FIELDS), read[:SAMPLE_ROWS], problems
    )


_DESCRIBERS: dict[str, Callable[[Path, ImportOptions], FileDescription]] = {
    "csv": _table, "owners": _table, "attributes": _table, "gnaf": _gnaf, "gnaf-core": _gnaf_core, "nsw-lots": _lots,
}  # fmt: skip
