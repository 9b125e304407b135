"""Money and rows in files that spreadsheets and finance systems read."""

import csv
import io
from collections.abc import Iterable, Sequence


def plain(cents: int) -> str:
    """`-1234.50`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with the line ends of RFC 4180."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def spreadsheet_text(rows: Iterable[Sequence[object]]) -> str:
    """The same led in by the mark without which Excel reads `é` as two letters; for people, not for other systems."""
    return f"\ufeff{csv_text(rows)}"
