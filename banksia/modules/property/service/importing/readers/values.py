"""Single cells: dates, numbers, areas and statuses as rates systems write them."""

import datetime
import re
from functools import lru_cache
from typing import Final

from banksia.modules.property.service.importing.options import RowRejected

OPEN_FROM_YEAR: Final = 2900
"""31 December 2999, 1 January 3000 and the like say that there is no end; so does 32503680000000 in milliseconds."""
_EARLIEST_YEAR: Final = 1700
_EXCEL_ZERO: Final = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)
_EXCEL: Final = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
"""From 1927 on: a number of four digits is a year, which is no date."""
_MILLISECONDS: Final = re.compile(r"-?[0-9]{9,14}")
_ISO: Final = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[T ]+(.+))?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]([0-9]{4}|[0-9]{2})(?:[T ]+(.+))?")
_TIME: Final = re.compile(
    r"([0-9]{1,2}):?([0-9]{2})(?::?([0-9]{2})(?:\.([0-9]{1,9}))?)? ?([AaPp][Mm])?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NONE: Final = frozenset(("", "null", "none", "n/a", "na", "-", "0", "00/00/0000", "0000-00-00"))
_AREA: Final = re.compile(r"([0-9][0-9,' ]*(?:\.[0-9]+)?|\.[0-9]+)\s*([A-Za-z².² ]*2?)")
SQUARE_METRES_OF: Final = {
    "": 1.0, "m2": 1.0, "m²": 1.0, "sqm": 1.0, "sqmetres": 1.0, "sqmeters": 1.0, "squaremetres": 1.0,
    "squaremeters": 1.0, "metres": 1.0, "m": 1.0, "ha": 10_000.0, "hectare": 10_000.0, "hectares": 10_000.0,
    "h": 10_000.0, "km2": 1_000_000.0, "sqkm": 1_000_000.0, "ac": 4_046.8564224, "acre": 4_046.8564224,
    "acres": 4_046.8564224, "perches": 25.29285264, "p": 25.29285264, "sqft": 0.09290304,
}  # fmt: skip
_STATUSES: Final = {
    "current": ("current", "active", "live", "registered", "valid", "open", "c", "a", "y"),
    "historic": (
        "historic", "historical", "cancelled", "canceled", "inactive", "retired", "ended", "superseded", "deleted",
        "closed", "archived", "h", "dead",
    ),
    "proposed": ("proposed", "pending", "draft", "unregistered", "future", "p", "new"),
}  # fmt: skip
STATUS_OF: Final = {word: status for status, words in _STATUSES.items() for word in words}


class NoDateError(ValueError):
    """The text is no date."""


@lru_cache(maxsize=20_000)
def read_time(text: str) -> datetime.datetime | None:
    """A date with or without a time: d/m/Y, ISO, an Excel serial, epoch milliseconds; None for empty and open ends.

    A date alone begins at midnight UTC, so that it is the same date everywhere in Australia. Raises NoDateError.
    """
    text = text.strip()
    if text.lower() in _NONE:
        return None
    try:
        found = _numeric(text) or _written(text)
    except (ValueError, OverflowError) as error:
        raise NoDateError(text) from error
    if found is None:
        raise NoDateError(text)
    if found.year >= OPEN_FROM_YEAR:
        return None
    if found.year < _EARLIEST_YEAR:
        raise NoDateError(text)
    return found


def _numeric(text: str) -> datetime.datetime | None:
    if _EXCEL.fullmatch(text) and not _ISO.fullmatch(text):
        return _EXCEL_ZERO + datetime.timedelta(days=float(text))
    if _MILLISECONDS.fullmatch(text):
        milliseconds = min(int(text), 32_503_680_000_000)
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(milliseconds=milliseconds)
    return None


def _written(text: str) -> datetime.datetime | None:
    iso = _ISO.fullmatch(text)
    if iso:
        return _at(int(iso[1]), int(iso[2]), int(iso[3]), iso[4])
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first is None:
        return None
    month = day_first[2]
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].upper())
    year = int(day_first[3])
    if len(day_first[3]) == 2:
        year += 1900 if year >= 50 else 2000
    return _at(year, number, int(day_first[1]), day_first[4])


def _at(year: int, month: int, day: int, time: str | None) -> datetime.datetime:
    found = datetime.datetime(year, month, day, tzinfo=datetime.UTC)
    if not time:
        return found
    match = _TIME.fullmatch(time.strip())
    if match is None:
        raise NoDateError(time)
    hour = int(match[1])
    if match[5]:
        hour = hour % 12 + (12 if match[5].lower() == "pm" else 0)
    fraction = int((match[4] or "").ljust(6, "0")[:6])
    found = found.replace(hour=hour, minute=int(match[2]), second=int(match[3] or 0), microsecond=fraction)
    if match[6] and match[6] != "Z":
        minutes = int(match[6][1:3]) * 60 + int(match[6][-2:])
        found -= datetime.timedelta(minutes=minutes if match[6][0] == "+" else -minutes)
    return found


def time_cell(cells: dict[str, str], field: str) -> datetime.datetime | None:
    """The date of a cell; raises RowRejected when it is none."""
    text = cells.get(field, "")
    if not text:
        return None
    try:
        return read_time(text)
    except NoDateError:
        raise RowRejected("The date cannot be read, for example 31/12/2024 or 2024-12-31.", text) from None


def date_cell(cells: dict[str, str], field: str) -> datetime.date | None:
    """The same without its time."""
    found = time_cell(cells, field)
    return found.date() if found else None


def validity(cells: dict[str, str]) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """From when to when; raises RowRejected when the end stands before the beginning."""
    begins, ends = time_cell(cells, "valid_from"), time_cell(cells, "valid_to")
    if begins and ends and ends < begins:
        raise RowRejected("It ends before it begins.", f"{cells['valid_from']} to {cells['valid_to']}")
    return begins, ends


def number_cell(cells: dict[str, str], field: str, name: str) -> float | None:
    """The number of a cell; raises RowRejected when it is none, or impossible."""
    value = cells.get(field, "")
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        raise RowRejected(f"The {name} is not a number.", value) from None
    if not -1e9 < found < 1e9:
        raise RowRejected(f"The {name} is impossible.", value)
    return found


def number_or_none(text: object) -> float | None:
    """A number of a register; nothing when it is none or no number of this world."""
    try:
        found = float(str(text))
    except ValueError:
        return None
    return found if -1e15 < found < 1e15 else None


def area_cell(cells: dict[str, str], unit: str = "") -> float | None:
    """Square metres; the unit stands in the cell, in a column of its own, or in the header (`unit`)."""
    text = cells.get("area", "")
    if not text or text.lower() in _NONE:
        return None
    match = _AREA.fullmatch(text)
    if match is None:
        raise RowRejected("The area is not a number.", text)
    written = _plain_unit(match[2]) or _plain_unit(cells.get("area_unit", "")) or unit
    if written not in SQUARE_METRES_OF:
        raise RowRejected(f"The unit of the area is not known: {written}.", text)
    number = float(re.sub("[,' ]", "", match[1]))
    found = round(number * SQUARE_METRES_OF[written], 2)
    if found >= 1e12:
        raise RowRejected("The area is impossible.", text)
    return found or None


def _plain_unit(text: str) -> str:
    return text.lower().replace(".", "").replace(" ", "").replace("²", "2")


def status_cell(cells: dict[str, str]) -> str | None:
    """One of ours; rates systems have many words for them."""
    text = cells.get("status", "").lower()
    if not text:
        return None
    if text not in STATUS_OF:
        raise RowRejected("The status is none of proposed, current, historic.", text)
    return STATUS_OF[text]
