"""Days, sums and cells as people and spreadsheets read them."""

import re
from datetime import date


def day_in_words(day: date) -> str:
    """`3 August 2026`."""
    return f"{day.day} {day:%B %Y}"


def dollars(cents: int) -> str:
    """`$1,234.50`, `-$12.00`: cents always."""
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is led in by an apostrophe, so that it stays text (CWE-1236)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def file_name_from(text: str) -> str:
    """A name that every system takes: what separates folders, and what Windows refuses, becomes a hyphen."""
    return re.sub(r'[\\/:*?"<>|]+', "-", text)
