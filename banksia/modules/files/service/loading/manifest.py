"""The manifest of a shelf: a CSV file with one line for each file."""

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from banksia.modules.files.errors import ManifestUnreadable

NAME: Final = "manifest.csv"
MOST_BYTES: Final = 200_000_000
MOST_ROWS: Final = 1_000_000
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "path": ("path", "file", "filename", "file name"),
    "parcel": ("parcel", "lot/plan", "lot and plan", "lot plan"),
    "assessment": ("assessment", "assessment number"),
    "folder": ("folder",),
    "title": ("title",),
    "description": ("description",),
    "date": ("date", "dated", "document date"),
    "batch": ("batch",),
    "box": ("box",),
}
"""What each column may be called, capitals or not."""


@dataclass(frozen=True)
class Line:
    """A line of the manifest as it stands there; `number` counts the header as 1."""

    number: int
    path: str
    parcel: str
    assessment: str
    folder: str
    title: str
    description: str
    date: str
    batch: str
    box: str


def read_manifest(content: bytes) -> Iterator[Line]:
    """The lines of a manifest; raises ManifestUnreadable when it is none."""
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader)]
        places = _places(header)
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = {name: _cell(row, place) for name, place in places.items()}
                yield Line(reader.line_num, **cells)
    except StopIteration:
        message = "The manifest is empty. Its first line names the columns."
        raise ManifestUnreadable(message) from None
    except csv.Error as error:
        message = f"Line {reader.line_num} of the manifest cannot be read: {error}."
        raise ManifestUnreadable(message) from error


def _text(content: bytes) -> str:
    if b"\x00" in content[:4096]:
        message = "The manifest is no CSV file. Save it as CSV, in UTF-8."
        raise ManifestUnreadable(message)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what Excel saves on a Windows machine


def _places(header: list[str]) -> dict[str, int | None]:
    places = {
        name: next((header.index(each) for each in names if each in header), None) for name, names in COLUMNS.items()
    }
    if places["path"] is None or places["folder"] is None:
        message = "The manifest needs the columns path and folder, and parcel or assessment."
        raise ManifestUnreadable(message)
    if places["parcel"] is None and places["assessment"] is None:
        message = "The manifest needs a column parcel or assessment, so that each file finds its property."
        raise ManifestUnreadable(message)
    return places


def _cell(row: list[str], place: int | None) -> str:
    if place is None or place >= len(row):
        return ""
    return "".join(each for each in row[place] if each.isprintable() or each == " ").strip()


def read_day(text: str) -> datetime.date | None:
    """2017-03-12 or 12/3/2017, day first as it is written here; None when it is no day."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            found = datetime.datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
        return found if datetime.date(1788, 1, 1) <= found <= datetime.date(2199, 12, 31) else None
    return None


def safe_path(path: str) -> str | None:
    """A path below the manifest with slashes of either kind, or None when it would lead out of its folder."""
    parts = PurePosixPath(path.strip().replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0] == "/" or "\x00" in path:
        return None
    return "/".join(parts)
