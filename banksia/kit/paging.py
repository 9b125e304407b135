"""Lists are paged by cursor: the next page costs what the first did, however long the list is."""

import base64
import binascii
import datetime
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from banksia.kit.errors import BadRequest

RowT = TypeVar("RowT")
_TYPES: dict[str, Any] = {
    "u": uuid.UUID,
    "t": datetime.datetime.fromisoformat,
    "d": datetime.date.fromisoformat,
    "v": lambda value: value,
}


class CursorInvalid(BadRequest):
    """The cursor was not made by this list."""

    title = "This page of the list cannot be found"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("The address of this page of the list is damaged. Open the list from its start.")


@dataclass(frozen=True)
class Key:
    """One column of a list's order, never null; the last key of a list is unique."""

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    attribute: str
    descending: bool = False


def encode_cursor(values: Sequence[Any]) -> str:
    """The place after a row, as text for an address."""
    parts = []
    for value in values:
        kind = (
            "u" if isinstance(value, uuid.UUID)
            else "t" if isinstance(value, datetime.datetime)
            else "d" if isinstance(value, datetime.date)
            else "v"
        )  # fmt: skip
        parts.append([kind, value if kind == "v" else str(value)])
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, length: int) -> list[Any]:
    """The values of a cursor; raises CursorInvalid."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [_TYPES[kind](value) for kind, value in parts]
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError) as error:
        raise CursorInvalid from error
    if len(values) != length or any(isinstance(value, dict | list) for value in values):
        raise CursorInvalid
    return values


def _after(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """The rows after a place: the row comparison, written out because directions may differ.

    No index finds the place by alternatives; by the bound on the first key, which they imply, one does.
    """
    alternatives = []
    for index, (key, value) in enumerate(zip(keys, values, strict=True)):
        same = [earlier.column == values[place] for place, earlier in enumerate(keys[:index])]
        alternatives.append(and_(*same, key.column < value if key.descending else key.column > value))
    first, value = keys[0], values[0]
    bound: ColumnElement[bool] = first.column <= value if first.descending else first.column >= value
    return and_(bound, or_(*alternatives))


def _fits(key: Key, value: Any) -> bool:
    """Whether a value could have come from the key's column: whoever sends a cursor may have written it."""
    kind = key.column.type.python_type
    if isinstance(value, str):
        return kind is str and "\x00" not in value
    if isinstance(value, int) and not isinstance(value, bool):
        bits = 63 if isinstance(key.column.type, BigInteger) else 31
        return kind is int and -(2**bits) <= value < 2**bits
    return type(value) is kind


def page_of(
    session: Session,
    rows: Select[RowT],
    *,
    keys: Sequence[Key],
    limit: int,
    cursor: str | None,
    parts: Sequence[Select[RowT]] = (),
) -> tuple[list[RowT], str | None]:
    """One page of rows and the cursor of the next, in the order of the keys.

    With `parts`, the page is of the rows that are in one of them: of each part only a page is read, by its own index,
    however many rows it has.
    """
    order = [key.column.desc() if key.descending else key.column.asc() for key in keys]
    places: list[ColumnElement[bool]] = []
    if cursor:
        values = decode_cursor(cursor, length=len(keys))
        if not all(_fits(key, value) for key, value in zip(keys, values, strict=True)):
            raise CursorInvalid
        places.append(_after(keys, values))
    if parts:
        unique = keys[-1].column
        pages = [part.with_only_columns(unique).where(*places).order_by(*order).limit(limit + 1) for part in parts]
        places = [unique.in_(union_all(*(select(page.subquery()) for page in pages)))]
    found = list(session.scalars(rows.where(*places).order_by(*order).limit(limit + 1)))
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], encode_cursor([getattr(last, key.attribute) for key in keys])
