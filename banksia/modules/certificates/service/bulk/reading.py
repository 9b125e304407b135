"""Reading a customer's table: its encoding, its separators, and its columns under whatever name they have."""

import csv
import io
import re
from collections.abc import Sequence

from banksia.kit.csv_words import csv_text
from banksia.kit.schemas import CONTROL_CHARACTERS
from banksia.modules.certificates.errors.bulk import BulkFileInvalid
from banksia.modules.certificates.schemas.bulk import MOST_ROWS, BulkRow

LONGEST_CELL = 200
SEPARATORS = (",", ";", "\t")
SEPARATOR_LINE = re.compile(r"sep=(?P<sign>[,;\t])\s*?(\r\n|\r|\n)", re.IGNORECASE)
"""The line by which a spreadsheet says how it separates its cells; it is no row of heads."""
NUMBERED = ("lot", "section", "plan", "assessment", "product", "urgent")
"""Cells in which a spreadsheet may have made a number of what was written: `131.0` is lot 131."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "lot": ("lot", "lotnumber", "lotno"),
    "section": ("section", "sec"),
    "plan": ("plan", "dp", "plannumber", "planno", "depositedplan"),
    "parcel": ("parcel", "lotandplan", "lotplan", "lotdp", "lotsectionplan", "titlereference"),
    "address": ("address", "propertyaddress", "street", "streetaddress"),
    "assessment": ("assessment", "assessmentnumber", "assessmentno", "rateassessment"),
    "product": ("product", "certificate", "certificatetype", "type"),
    "urgent": ("urgent", "urgency"),
    "matter": ("matter", "matternumber", "matterno", "reference", "yourreference", "file"),
}
"""The heads that a column may have, written in small letters without spaces and signs."""
LAND = ("lot", "plan", "parcel", "address", "assessment")
TEMPLATE = csv_text(
    [
        ["lot", "section", "plan", "parcel", "address", "assessment", "product", "urgent", "matter"],
        ["2", "2", "DP2288", "", "", "", "10.7-2", "no", "26/1183 Ferris"],
        ["", "", "", "Lot 13 DP1242624", "", "", "603", "yes", "26/1183 Ferris"],
        ["", "", "", "", "7 Green Street Portland", "", "735A", "no", "26/1190 Okafor"],
    ]
)
"""What the template holds: every column, and one row for each way to name land."""


def read_table(content: bytes) -> list[BulkRow]:
    """Return the rows of a CSV file, as they are written; raises BulkFileInvalid.

    UTF-8 with or without its mark, UTF-16 with its mark, and Windows-1252, which is what a spreadsheet saves here;
    commas, semicolons or tabs, in the first line as `sep=;` too.
    """
    text = _decoded(content).lstrip("\r\n")
    told = SEPARATOR_LINE.match(text)
    text = text[told.end() :] if told else text
    separator = told["sign"] if told else max(SEPARATORS, key=text.split("\n", 1)[0].count)
    try:
        lines = [cells for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(cells)]
    except csv.Error as error:
        raise BulkFileInvalid("The file is not a CSV table. Save the sheet as CSV, then upload it again.") from error
    if len(lines) < 2:
        raise BulkFileInvalid("The file has no rows. It needs one row of heads, then a row for each certificate.")
    columns = _columns(lines[0])
    rows = lines[1:]
    if len(rows) > MOST_ROWS:
        message = f"The file has {len(rows)} rows. Upload at most {MOST_ROWS} at once."
        raise BulkFileInvalid(message)
    return [_row(number, cells, columns, len(lines[0])) for number, cells in enumerate(rows, start=1)]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(heads: Sequence[str]) -> dict[str, int]:
    """Return which cell holds what."""
    plain = [re.sub(r"[^a-z]", "", head.lower()) for head in heads]
    found = {
        name: next(place for place, head in enumerate(plain) if head in spellings)
        for name, spellings in COLUMNS.items()
        if any(head in spellings for head in plain)
    }
    missing = [] if any(name in found for name in LAND) else ["parcel (or lot and plan, address or assessment)"]
    missing += [] if "product" in found else ["product"]
    if missing:
        message = f"The first row names no column {' and no column '.join(missing)}. Start from the template."
        raise BulkFileInvalid(message)
    return found


def _row(number: int, cells: Sequence[str], columns: dict[str, int], width: int) -> BulkRow:
    values = {name: _cell(cells[place]) for name, place in columns.items() if place < len(cells)}
    values |= {name: re.sub(r"^(\d+)\.0+$", r"\1", values[name]) for name in NUMBERED if name in values}
    return BulkRow(row=number, has_surplus=any(cell.strip() for cell in cells[width:]), **values)  # type: ignore[arg-type]  # the names are the fields'


def _cell(text: str) -> str:
    plain = "".join(
        " " if character in CONTROL_CHARACTERS or character in "\r\n\t" else character for character in text
    )
    return plain.strip()[:LONGEST_CELL]
