"""The tables of one state of G-NAF, joined in a temporary SQLite file: they are large, and in no promised order."""

import csv
import io
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, Final

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.readers.contents import Contents

_TABLE: Final = re.compile(r"([A-Z]{2,4})_([A-Z_]+?)_psv\.psv", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"Authority_Code_([A-Z_]+)_psv\.psv", re.IGNORECASE)
NEEDED: Final = ("ADDRESS_DETAIL", "STREET_LOCALITY", "LOCALITY")
USED: Final = (*NEEDED, "ADDRESS_DEFAULT_GEOCODE", "ADDRESS_ALIAS", "PRIMARY_SECONDARY")
DETAIL: Final = (
    "ADDRESS_DETAIL_PID", "DATE_CREATED", "DATE_RETIRED", "BUILDING_NAME", "LOT_NUMBER_PREFIX", "LOT_NUMBER",
    "LOT_NUMBER_SUFFIX", "FLAT_TYPE_CODE", "FLAT_NUMBER_PREFIX", "FLAT_NUMBER", "FLAT_NUMBER_SUFFIX",
    "LEVEL_TYPE_CODE", "LEVEL_NUMBER_PREFIX", "LEVEL_NUMBER", "LEVEL_NUMBER_SUFFIX", "NUMBER_FIRST_PREFIX",
    "NUMBER_FIRST", "NUMBER_FIRST_SUFFIX", "NUMBER_LAST_PREFIX", "NUMBER_LAST", "NUMBER_LAST_SUFFIX",
    "STREET_LOCALITY_PID", "LOCALITY_PID", "ALIAS_PRINCIPAL", "POSTCODE", "LEGAL_PARCEL_ID", "GNAF_PROPERTY_PID",
)  # fmt: skip
_OPTIONAL: Final = frozenset(("LEGAL_PARCEL_ID", "GNAF_PROPERTY_PID", "ALIAS_PRINCIPAL", "POSTCODE", "DATE_RETIRED"))
_PID, _LOCALITY = DETAIL.index("ADDRESS_DETAIL_PID"), DETAIL.index("LOCALITY_PID")
_SETTINGS: Final = (
    "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -48000",
    "PRAGMA locking_mode = EXCLUSIVE",
)  # fmt: skip
_CREATE: Final = (
    "CREATE TABLE detail (line INTEGER PRIMARY KEY, rank INTEGER, " + ", ".join(DETAIL) + ")",
    "CREATE TABLE geocode (pid PRIMARY KEY, longitude, latitude) WITHOUT ROWID",
    "CREATE TABLE related (pid PRIMARY KEY, other) WITHOUT ROWID",
)
_INDEX: Final = "CREATE INDEX detail_pid ON detail (address_detail_pid)"
# An alias, and a unit that names no parcel, stand on the parcel of their principal or primary address.
_JOINED: Final = (
    "SELECT d.*, g.longitude, g.latitude, o.legal_parcel_id, o.gnaf_property_pid FROM detail d "
    "LEFT JOIN geocode g ON g.pid = d.address_detail_pid "
    "LEFT JOIN related r ON r.pid = d.address_detail_pid AND d.legal_parcel_id = '' "
    "LEFT JOIN detail o ON o.address_detail_pid = r.other "
    "WHERE d.rank = ? ORDER BY d.line"
)
Row = tuple[Any, ...]


class GnafFiles:
    """The tables of a release: by state and name, and the authority tables that all states share."""

    def __init__(self, contents: Contents) -> None:
        """Find them, however deep they lie; raises ImportRefused when a state lacks one that is needed."""
        self.contents = contents
        self.states: dict[str, dict[str, str]] = {}
        self.authorities: dict[str, str] = {}
        for name in contents.names:
            base = PurePosixPath(name.replace("\\", "/")).name
            if found := _AUTHORITY.fullmatch(base):
                self.authorities[found[1].upper()] = name
            elif (found := _TABLE.fullmatch(base)) and found[2].upper() in USED:
                self.states.setdefault(found[1].upper(), {})[found[2].upper()] = name
        lacking = [
            f"{state}_{table}_psv.psv"
            for state, tables in self.states.items()
            for table in NEEDED
            if table not in tables
        ]
        if lacking or not self.states:
            wanted = lacking or [f"NSW_{table}_psv.psv" for table in NEEDED]
            message = f"“{contents.path.name}” is no G-NAF release: {', '.join(wanted[:5])} are missing."
            raise ImportRefused(message)
        contents.expect([name for tables in self.states.values() for name in tables.values()])

    def table(self, name: str, columns: Iterable[str], optional: frozenset[str] = frozenset()) -> Iterator[list[str]]:
        """Rows of one file: the columns asked for, in that order; one that a release lacks is empty if it may be."""
        with io.TextIOWrapper(self.contents.open(name), encoding="utf-8-sig", errors="replace", newline="") as text:
            header = text.readline(100_000).rstrip("\r\n").split("|")
            places = {column.strip().upper(): place for place, column in enumerate(header)}
            missing = [column for column in columns if column not in places and column not in optional]
            if missing:
                message = f"“{PurePosixPath(name).name}” has no column {', '.join(missing[:5])}. Is it a G-NAF table?"
                raise ImportRefused(message)
            wanted = [places.get(column, len(header)) for column in columns]
            width = len(header)
            for cells in csv.reader(_lines(text), delimiter="|", quoting=csv.QUOTE_NONE):
                if len(cells) == width:
                    cells.append("")
                    yield [cells[place] for place in wanted]
                elif any(cells):
                    yield []

    def authority(self, table: str) -> dict[str, str]:
        """CODE to NAME of an authority table, empty when the release lacks it."""
        name = self.authorities.get(f"{table}_AUT")
        return {row[0]: row[1] for row in self.table(name, ("CODE", "NAME")) if row} if name else {}


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(100_000):
        yield line.replace("\x00", "")


class GnafStore:
    """One state, loaded; `close` removes the file."""

    def __init__(self, files: GnafFiles, state: str, localities: frozenset[str], *, limit: int | None = None) -> None:
        """Read the tables; only addresses in the localities named, or all when none are; `limit` of them at most."""
        self.limit = limit
        self.files, self.tables = files, files.states[state]
        self.folder = tempfile.TemporaryDirectory(prefix="banksia-gnaf-")
        self.connection = sqlite3.connect(f"{self.folder.name}/state.sqlite", isolation_level=None)
        self.damaged: list[int] = []
        try:
            self._load(localities)
        except BaseException:
            self.close()
            raise

    def _load(self, localities: frozenset[str]) -> None:
        for statement in (*_SETTINGS, *_CREATE, "BEGIN"):
            self.connection.execute(statement)
        self.localities = self._localities(localities)
        self._load_details(restricted=bool(localities or self.limit))
        self.streets = self._streets()
        self._load_geocodes()
        self._load_related("ADDRESS_ALIAS", ("ALIAS_PID", "PRINCIPAL_PID", "DATE_RETIRED"))
        self._load_related("PRIMARY_SECONDARY", ("SECONDARY_PID", "PRIMARY_PID", "DATE_RETIRED"))
        for statement in (_INDEX, "COMMIT"):
            self.connection.execute(statement)

    def joined(self, rank: int) -> Iterator[Row]:
        """Line, rank, the columns of DETAIL, longitude, latitude, and parcel and property of the address above it.

        Rank 0 are current principal addresses, 1 their aliases, 2 retired ones.
        """
        return self.connection.execute(_JOINED, (rank,))

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
        self.folder.cleanup()

    def _localities(self, wanted: frozenset[str]) -> dict[str, str]:
        rows = self.files.table(self.tables["LOCALITY"], ("LOCALITY_PID", "LOCALITY_NAME"))
        return {row[0]: row[1] for row in rows if row and (not wanted or row[1].upper() in wanted)}

    def _streets(self) -> dict[str, tuple[str, str, str, str]]:
        columns = ("STREET_LOCALITY_PID", "STREET_NAME", "STREET_TYPE_CODE", "STREET_SUFFIX_CODE", "LOCALITY_PID")
        rows = self.files.table(self.tables["STREET_LOCALITY"], columns)
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows if row and row[4] in self.localities}

    def _load_details(self, *, restricted: bool) -> None:
        rows: Iterator[list[str]] = self.files.table(self.tables["ADDRESS_DETAIL"], DETAIL, _OPTIONAL)
        self.wanted: set[str] | None = set() if restricted else None
        marks = ", ".join("?" * (len(DETAIL) + 2))
        self.connection.executemany(f"INSERT INTO detail VALUES ({marks})", self._details(rows))  # noqa: S608

    def _details(self, rows: Iterator[list[str]]) -> Iterator[list[Any]]:
        retired, kind = DETAIL.index("DATE_RETIRED"), DETAIL.index("ALIAS_PRINCIPAL")
        for line, row in enumerate(rows, start=2):
            if not row:
                self.damaged.append(line)
                continue
            if self.limit is not None and len(self.wanted or ()) >= self.limit:
                return
            if self.wanted is not None:
                if row[_LOCALITY] not in self.localities:
                    continue
                self.wanted.add(row[_PID])
            yield [line, 2 if row[retired] else 1 if row[kind] == "A" else 0, *row]

    def _load_geocodes(self) -> None:
        if "ADDRESS_DEFAULT_GEOCODE" not in self.tables:
            return
        columns = ("ADDRESS_DETAIL_PID", "LONGITUDE", "LATITUDE", "DATE_RETIRED")
        rows = self._first(self.files.table(self.tables["ADDRESS_DEFAULT_GEOCODE"], columns, _OPTIONAL))
        self.connection.executemany(
            "INSERT OR IGNORE INTO geocode VALUES (?, ?, ?)",
            (row[:3] for row in rows if row and not row[3] and (self.wanted is None or row[0] in self.wanted)),
        )

    def _first(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """All rows, or for a preview those near the beginning."""
        return rows if self.limit is None else islice(rows, 100 * self.limit)

    def _load_related(self, table: str, columns: tuple[str, ...]) -> None:
        if table not in self.tables:
            return
        rows = self._first(self.files.table(self.tables[table], columns, _OPTIONAL))
        self.connection.executemany(
            "INSERT OR IGNORE INTO related VALUES (?, ?)",
            (row[:2] for row in rows if row and not row[2] and (self.wanted is None or row[0] in self.wanted)),
        )
