"""G-NAF Core: one file of 27 columns, its types written in full."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.coordinates import GDA2020, Coordinates
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers.contents import Contents
from banksia.modules.property.service.importing.readers.gnaf import BATCH, gnaf_row, placed
from banksia.modules.property.service.importing.readers.gnaf_words import (
    flat_type_of,
    level_type_of,
    street_words,
    written,
)
from banksia.modules.property.service.importing.readers.texts import TextForm, text_form, text_rows
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.parsing import AddressParts, split_number

COLUMNS: Final = (
    "ADDRESS_DETAIL_PID", "DATE_CREATED", "ADDRESS_LABEL", "ADDRESS_SITE_NAME", "BUILDING_NAME", "FLAT_TYPE",
    "FLAT_NUMBER", "LEVEL_TYPE", "LEVEL_NUMBER", "NUMBER_FIRST", "NUMBER_LAST", "LOT_NUMBER", "STREET_NAME",
    "STREET_TYPE", "STREET_SUFFIX", "LOCALITY_NAME", "STATE", "POSTCODE", "LEGAL_PARCEL_ID", "MB_CODE",
    "ALIAS_PRINCIPAL", "PRINCIPAL_PID", "PRIMARY_SECONDARY", "PRIMARY_PID", "GEOCODE_TYPE", "LONGITUDE", "LATITUDE",
)  # fmt: skip
_NEEDED: Final = frozenset(("ADDRESS_DETAIL_PID", "STREET_NAME", "LOCALITY_NAME", "LONGITUDE", "LATITUDE"))


class GnafCoreReader:
    """Addresses of Core: principal ones first, then aliases."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Read the header; raises ImportRefused when it is another file's."""
        if options.mapping:
            message = "The columns of G-NAF Core are known. Leave the mapping out."
            raise ImportRefused(message)
        self.contents = Contents(path)
        self.name = self.contents.only(".psv")
        self.contents.expect([self.name])
        self.form: TextForm = text_form(
            self.contents, self.name, lambda names: len({name.upper() for name in names} & set(COLUMNS))
        )
        header = [name.upper() for name in self.form.header]
        missing = sorted(_NEEDED - set(header))
        if missing:
            message = f"“{path.name}” is no G-NAF Core file: it has no column {', '.join(missing)}."
            raise ImportRefused(message)
        self.places = {name: place for place, name in enumerate(header) if name in COLUMNS}
        self.localities = frozenset(name.strip().upper() for name in options.localities)
        self.coordinates = Coordinates(options.crs or GDA2020)

    @property
    def size(self) -> int:
        """Bytes of both walks over the file."""
        return self.contents.size * 2

    @property
    def read(self) -> int:
        """Bytes so far."""
        return self.contents.size + self.second.read if self.second else self.contents.read

    second: Contents | None = None

    def rows(self) -> Iterator[ReadRow | Rejected]:
        """Every address; the file is walked twice, so that no alias comes before its principal."""
        yield from self._walk(self.contents, aliases=False)
        self.second = Contents(self.contents.path)
        self.second.expect([self.name])
        yield from self._walk(self.second, aliases=True)

    def _walk(self, contents: Contents, *, aliases: bool) -> Iterator[ReadRow | Rejected]:
        kind, locality = self.places.get("ALIAS_PRINCIPAL"), self.places["LOCALITY_NAME"]
        batch: list[ReadRow | Rejected] = []
        for row in text_rows(contents, self.name, self.form):
            if isinstance(row, Rejected):
                if not aliases:
                    batch.append(row)
                continue
            line, cells = row
            is_alias = kind is not None and cells[kind].upper() in ("A", "ALIAS")
            if is_alias == aliases and (not self.localities or cells[locality].upper() in self.localities):
                batch.append(self._row(line, cells))
            if len(batch) >= BATCH:
                yield from placed(batch, self.coordinates)
                batch.clear()
        yield from placed(batch, self.coordinates)

    def look(self, line: int, raw: list[str]) -> list[ReadRow | Rejected]:
        """What one row of the file says."""
        return list(placed([self._row(line, raw)], self.coordinates))

    def _row(self, line: int, cells: list[str]) -> ReadRow | Rejected:
        def get(column: str) -> str:
            place = self.places.get(column)
            return "" if place is None else cells[place].strip()

        street = street_words(get("STREET_NAME"), get("STREET_TYPE"), get("STREET_SUFFIX"), get("LOCALITY_NAME"))
        if not street.name and not get("BUILDING_NAME"):
            return Rejected(line, "The address has no street.", get("ADDRESS_DETAIL_PID"))
        number, suffix, _ = split_number(get("NUMBER_FIRST")) if get("NUMBER_FIRST") else (None, None, None)
        flat, level = get("FLAT_NUMBER"), get("LEVEL_NUMBER")
        parts = AddressParts(
            building=get("BUILDING_NAME").upper() or None,
            level_type=level_type_of(get("LEVEL_TYPE") or ("LEVEL" if level else "")),
            level=level or None,
            flat_type=flat_type_of(get("FLAT_TYPE") or ("UNIT" if flat else "")),
            flat=flat or None,
            number=number,
            number_suffix=suffix,
            number_last=get("NUMBER_LAST") or None if number else None,
            street=street.name,
            type=street.type,
            suffix=street.suffix,
            locality=street.locality,
            state=get("STATE") or None,
            postcode=get("POSTCODE") or None,
            lot=None if number else get("LOT_NUMBER") or None,
        )
        return gnaf_row(
            line,
            (written(parts, street.text), parts),
            get("LEGAL_PARCEL_ID"),
            (get("ADDRESS_DETAIL_PID"), ""),
            (get("DATE_CREATED"), ""),
            (get("LONGITUDE"), get("LATITUDE")),
        )
