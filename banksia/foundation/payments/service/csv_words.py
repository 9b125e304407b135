"""Money and words in files that spreadsheets and finance systems read."""


def plain(cents: int) -> str:
    """`-1234.50`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def harmless(text: str) -> str:
    """Words that no spreadsheet takes for a formula (CWE-1236)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
