"""What a value of each kind may be, how it is kept, and how people read it. Unknown is a value of its own."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from banksia.kit.words import day_in_words, dollars

UNKNOWN: Final = "unknown"
MAX_TEXT: Final = 500
MAX_CENTS: Final = 10**13
_UNKNOWN_WORDS: Final = frozenset(("unknown", "not known", "not known to council", "?"))
_YES: Final = frozenset(("yes", "y", "true", "t", "1"))
_NO: Final = frozenset(("no", "n", "false", "f", "0", "nil"))
_AMOUNT: Final = re.compile(
    r"(\(?)(-?)\$?(-?)([0-9][0-9,]*(?:\.[0-9]{1,2})?|\.[0-9]{1,2})(\)?)(?: ?(CR|DR))?", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}.*")
_DAY_FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d")


class BadValue(ValueError):  # noqa: N818  (it is a verdict about a value)
    """A value that does not fit its kind; the message says what would."""


class Value(NamedTuple):
    """As it is kept, and what was said besides: `Yes, part` is yes with `part`."""

    value: str
    detail: str = ""


def read_value(kind: str, choices: Sequence[str], written: str) -> Value:
    """Read what a person or a file wrote; raises BadValue."""
    text = " ".join(written.split())
    if not text:
        raise BadValue("There is no value. Write “unknown” when it is not known.")
    if text.casefold() in _UNKNOWN_WORDS:
        return Value(UNKNOWN)
    if kind == "yes_no":
        return _yes_or_no(text)
    if kind == "choice":
        return Value(_choice(choices, text))
    if kind == "amount":
        return Value(str(_cents(text)))
    return Value(read_day(text).isoformat()) if kind == "date" else Value(_text(text))


def read_day(text: str) -> datetime.date:
    """A date as Australian registers write it; raises BadValue."""
    day = _CLOCK.sub("", text.strip())
    for form in _DAY_FORMATS:
        try:
            found = datetime.datetime.strptime(day, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        if found.year >= 1788:
            return found
    raise BadValue("The date cannot be read. Write it as 14/03/2026 or 2026-03-14.")


def shown(kind: str, value: str | None, detail: str) -> str:
    """A value as people read it; `value` is None where nothing is recorded."""
    if value is None or value == UNKNOWN:
        return f"Unknown, {detail}" if detail else "Unknown"
    if kind == "amount":
        return f"{dollars(int(value))} {detail}".strip()
    if kind == "date":
        word = day_in_words(datetime.date.fromisoformat(value))
    else:
        word = value.capitalize() if kind == "yes_no" else value
    return f"{word}, {detail}" if detail else word


def _yes_or_no(text: str) -> Value:
    word, _, detail = (part.strip() for part in text.partition(","))
    if word.casefold() in _YES:
        return Value("yes", detail)
    if word.casefold() in _NO:
        return Value("no", detail)
    raise BadValue("The value is none of yes, no and unknown.")


def _choice(choices: Sequence[str], text: str) -> str:
    for choice in choices:
        if choice.casefold() == text.casefold():
            return choice
    raise BadValue(f"The value is none of the choices: {', '.join(choices)[:200]}.")


def _cents(text: str) -> int:
    match = _AMOUNT.fullmatch(text.replace("$ ", "$"))
    if match is None or bool(match[1]) != bool(match[5]):
        raise BadValue("The amount cannot be read. Write dollars and cents, such as 412.65.")
    negative = bool(match[1]) or bool(match[2]) or bool(match[3]) or (match[6] or "").upper() == "CR"
    try:
        cents = int(Decimal(match[4].replace(",", "")) * 100)
    except InvalidOperation:
        raise BadValue("The amount cannot be read. Write dollars and cents, such as 412.65.") from None
    if cents > MAX_CENTS:
        raise BadValue("The amount is impossible.")
    return -cents if negative else cents


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        message = f"The value has more than {MAX_TEXT} characters."
        raise BadValue(message)
    return text
