"""G-NAF: the full release as tables (a folder or its zip), and Core as one file."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.coordinates import GDA94, GDA2020, Coordinates
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers.contents import Contents
from banksia.modules.property.service.importing.readers.gnaf_store import GnafFiles, GnafStore
from banksia.modules.property.service.importing.readers.gnaf_words import (
    digits,
    flat_type_of,
    level_type_of,
    parcel_of,
    street_words,
    written,
)
from banksia.modules.property.service.importing.readers.values import NoDateError, number_or_none, read_time
from banksia.modules.property.service.importing.rows import ReadRow
from banksia.modules.property.service.parsing import AddressParts

PROPERTY_COLUMN: Final = "GNAF_PROPERTY_PID"
BATCH: Final = 2_000
"""Rows whose points are turned at once."""


class GnafReader:
    """Addresses with their parcels: current principal ones first, then aliases, then what has been retired."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Find the tables; raises ImportRefused when it is no release."""
        self.files = GnafFiles(Contents(path))
        self.localities = frozenset(name.strip().upper() for name in options.localities)
        self.groups = takes_properties(options)
        gda94 = any("GDA94" in name.upper() for name in (path.name, *self.files.contents.names[:1]))
        self.coordinates = Coordinates(options.crs or (GDA94 if gda94 else GDA2020))
        self.flat_types = self.files.authority("FLAT_TYPE")
        self.level_types = self.files.authority("LEVEL_TYPE")
        self.suffixes = self.files.authority("STREET_SUFFIX")

    @property
    def size(self) -> int:
        """Bytes of all tables that are used."""
        return self.files.contents.size

    @property
    def read(self) -> int:
        """Bytes so far."""
        return self.files.contents.read

    def rows(self) -> Iterator[ReadRow | Rejected]:
        """Every address of every state."""
        for state in self.files.states:
            store = GnafStore(self.files, state, self.localities)
            try:
                yield from self._state(store, state)
            finally:
                store.close()

    def sample(self, number: int) -> Iterator[ReadRow | Rejected]:
        """The first addresses of the first state, for a preview; what it says about points is not the whole truth."""
        state = next(iter(self.files.states))
        store = GnafStore(self.files, state, self.localities, limit=number)
        try:
            yield from self._state(store, state)
        finally:
            store.close()

    def _state(self, store: GnafStore, state: str) -> Iterator[ReadRow | Rejected]:
        for line in store.damaged:
            yield Rejected(line, f"The row of {state}_ADDRESS_DETAIL does not have the columns of its header.", "")
        retired = {hash(row.parts) for row in self._read(store, state, 2) if isinstance(row, ReadRow)}
        living: set[int] = set()
        for rank in (0, 1, 2):
            rows = self._read(store, state, rank)
            while batch := list(islice(rows, BATCH)):
                for row in placed(batch, self.coordinates):
                    if retired and isinstance(row, ReadRow):
                        same = hash(row.parts)
                        if rank == 2 and same in living:
                            continue  # the address lives on under another number of G-NAF
                        if same in retired:
                            living.add(same)
                    yield row

    def _read(self, store: GnafStore, state: str, rank: int) -> Iterator[ReadRow | Rejected]:
        return (self._row(row, store, state) for row in store.joined(rank))

    def _row(self, row: tuple[Any, ...], store: GnafStore, state: str) -> ReadRow | Rejected:
        (
            line, _, pid, created, retired, building, lot_prefix, lot, lot_suffix, flat_type, flat_prefix, flat,
            flat_suffix, level_type, level_prefix, level, level_suffix, first_prefix, first, first_suffix, last_prefix,
            last, last_suffix, street_pid, locality_pid, _, postcode, legal, grouped, x, y, other_legal, other_grouped,
        ) = row  # fmt: skip
        name, kind, suffix, of_street = store.streets.get(street_pid, ("", "", "", ""))
        locality = store.localities.get(locality_pid or of_street, "")
        if not name and not (building and locality):
            return Rejected(line, "Its street is not in STREET_LOCALITY.", f"{pid} {street_pid}")
        street = street_words(name, kind, self.suffixes.get(suffix, suffix), locality)
        flat, level = f"{flat_prefix}{flat}{flat_suffix}", f"{level_prefix}{level}{level_suffix}"
        parts = AddressParts(
            building=building.upper() or None,
            level_type=level_type_of(level_type or ("LEVEL" if level else ""), self.level_types),
            level=level or None,
            flat_type=flat_type_of(flat_type or ("UNIT" if flat else ""), self.flat_types),
            flat=flat or None,
            number=f"{first_prefix}{digits(first)}" if first else None,
            number_suffix=(first_suffix or None) if first else None,
            number_last=f"{last_prefix}{last}{last_suffix}" if first and last else None,
            street=street.name,
            type=street.type,
            suffix=street.suffix,
            locality=street.locality,
            state=state,
            postcode=postcode or None,
            lot=f"{lot_prefix}{lot}{lot_suffix}" or None if not first else None,
        )
        if not legal:
            legal, grouped = other_legal or "", grouped or other_grouped or ""
        pids = (pid, grouped if self.groups else "")
        return gnaf_row(line, (written(parts, street.text), parts), legal, pids, (created, retired), (x, y))


def takes_properties(options: ImportOptions) -> bool:
    """Whether GNAF_PROPERTY_PID is the assessment: for a council that has no rates system to import."""
    given = {field: name.upper() for field, name in options.mapping.items() if name}
    if not given:
        return False
    if given != {"assessment": PROPERTY_COLUMN}:
        message = f"The columns of G-NAF are known. A mapping can only say that assessment is {PROPERTY_COLUMN}."
        raise ImportRefused(message)
    return True


def gnaf_row(
    line: int,
    address: tuple[str, AddressParts],
    legal: str,
    pids: tuple[str, str],
    dates: tuple[str, str],
    point: tuple[Any, Any],
) -> ReadRow | Rejected:
    """An address of either kind of G-NAF, its point still the file's."""
    text, parts = address
    try:
        begins, ends = read_time(dates[0]), read_time(dates[1])
    except NoDateError as error:
        return Rejected(line, "The date cannot be read, for example 2024-12-31.", f"{pids[0]} {error}")
    parcels, cadid = parcel_of(legal) if legal else ((), None)
    x, y = number_or_none(point[0]), number_or_none(point[1])
    return ReadRow(
        line=line,
        text=text,
        parts=parts,
        parcels=parcels,
        is_synthetic=False,
        assessment=pids[1] or None,
        status=None,
        area=None,
        point=(x, y) if x is not None and y is not None else None,
        address_valid_from=begins,
        address_valid_to=ends,
        address_external_id=pids[0],
        parcel_external_id=cadid,
    )


def placed(batch: list[ReadRow | Rejected], coordinates: Coordinates) -> Iterator[ReadRow | Rejected]:
    """The rows with their points in GDA2020; an address whose point is not in Australia is taken without it."""
    points = iter(coordinates.transform([row.point for row in batch if isinstance(row, ReadRow)]))
    for row in batch:
        yield row if isinstance(row, Rejected) else row._replace(point=next(points))
