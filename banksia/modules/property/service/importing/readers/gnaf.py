"""G-NAF: the full release as tables (a folder or its zip), and Core as one file."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.coordinates import GDA94, GDA2020, Coordinates
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers.contents import Contents
from banksia.modules.property.service.importing.readers.gnaf_store import DETAIL, GnafFiles, GnafStore
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
_PLACE: Final = {column: place + 2 for place, column in enumerate(DETAIL)}
_AFTER: Final = len(DETAIL) + 2


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
        def get(column: str) -> str:
            return row[_PLACE[column]]  # type: ignore[no-any-return]

        pid, line = get("ADDRESS_DETAIL_PID"), row[0]
        name, kind, suffix, locality_pid = store.streets.get(get("STREET_LOCALITY_PID"), ("", "", "", ""))
        locality = store.localities.get(get("LOCALITY_PID") or locality_pid, "")
        if not name and not (get("BUILDING_NAME") and locality):
            return Rejected(line, "Its street is not in STREET_LOCALITY.", f"{pid} {get('STREET_LOCALITY_PID')}")
        street = street_words(name, kind, self.suffixes.get(suffix, suffix), locality)
        number = f"{get('NUMBER_FIRST_PREFIX')}{digits(get('NUMBER_FIRST'))}" if get("NUMBER_FIRST") else None
        last = get("NUMBER_LAST")
        flat = f"{get('FLAT_NUMBER_PREFIX')}{get('FLAT_NUMBER')}{get('FLAT_NUMBER_SUFFIX')}"
        level = f"{get('LEVEL_NUMBER_PREFIX')}{get('LEVEL_NUMBER')}{get('LEVEL_NUMBER_SUFFIX')}"
        lot = f"{get('LOT_NUMBER_PREFIX')}{get('LOT_NUMBER')}{get('LOT_NUMBER_SUFFIX')}"
        parts = AddressParts(
            building=get("BUILDING_NAME").upper() or None,
            level_type=level_type_of(get("LEVEL_TYPE_CODE") or ("LEVEL" if level else ""), self.level_types),
            level=level or None,
            flat_type=flat_type_of(get("FLAT_TYPE_CODE") or ("UNIT" if flat else ""), self.flat_types),
            flat=flat or None,
            number=number,
            number_suffix=get("NUMBER_FIRST_SUFFIX") or None if number else None,
            number_last=f"{get('NUMBER_LAST_PREFIX')}{last}{get('NUMBER_LAST_SUFFIX')}" if last and number else None,
            street=street.name,
            type=street.type,
            suffix=street.suffix,
            locality=street.locality,
            state=state,
            postcode=get("POSTCODE") or None,
            lot=None if number else lot or None,
        )
        legal, grouped = get("LEGAL_PARCEL_ID"), get(PROPERTY_COLUMN)
        if not legal:
            legal, grouped = row[_AFTER + 2] or "", grouped or row[_AFTER + 3] or ""
        return gnaf_row(
            line,
            (written(parts, street.text), parts),
            legal,
            (pid, grouped if self.groups else ""),
            (get("DATE_CREATED"), get("DATE_RETIRED")),
            (row[_AFTER], row[_AFTER + 1]),
        )


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
    """The rows with their points in GDA2020."""
    points = iter(coordinates.transform([row.point for row in batch if isinstance(row, ReadRow)]))
    for row in batch:
        if isinstance(row, Rejected):
            yield row
            continue
        point = next(points)
        if row.point and not point:
            yield Rejected(row.line, "The coordinates are not in Australia.", str(row.point))
        else:
            yield row._replace(point=point)
