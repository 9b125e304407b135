"""What every request and answer has in common."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Generic, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints

CONTROL_CHARACTERS = {chr(code) for code in (*range(32), *range(127, 160))} - {"\n", "\r", "\t", "\x85"}
MOST_OF_A_LINE: Final = 200
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""They turn the direction of what follows, so that `fdp.exe` is read as `exe.pdf`; nobody sees them."""
_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
"""Between letters some of these are good spelling; alone they are no text."""


def _in_utc(value: datetime) -> str:
    """`2026-11-23T10:42:00Z`: the clients' generated validators take only the Z form."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _without_controls(value: str) -> str:
    """PostgreSQL text holds no NUL, and no name holds a control character."""
    if CONTROL_CHARACTERS.intersection(value):
        message = "Remove the control characters."
        raise ValueError(message)
    return value


def _readable(value: object) -> object:
    """Without what turns the direction of text; what nobody could see is nothing."""
    if not isinstance(value, str):
        return value
    value = _TURNS.sub("", value)
    return "" if _UNSEEN.fullmatch(value) else value


def _one_line(value: object) -> object:
    """A line has no breaks: pasted ones become spaces."""
    return _readable(_BREAKS.sub(" ", value) if isinstance(value, str) else value)


def tidy_line(value: str) -> str:
    """One line of a text that nobody typed, as the name of a file: what no line may hold becomes a space."""
    return str(_one_line(_CONTROLS.sub(" ", value))).strip()


UtcDatetime = Annotated[datetime, PlainSerializer(_in_utc, return_type=str, when_used="json")]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MOST_OF_A_LINE),
    AfterValidator(_without_controls),
    BeforeValidator(_one_line),
]
"""One line that a person types: a name, a reference."""
RequiredLine = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_OF_A_LINE),
    AfterValidator(_without_controls),
    BeforeValidator(_one_line),
]
Paragraph = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=5000),
    AfterValidator(_without_controls),
    BeforeValidator(_readable),
]
"""Text that a person writes: a reason, a message."""


class RequestModel(BaseModel):
    """A body sent to us: unknown fields are refused, so a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadModel(BaseModel):
    """A body we answer with: made from rows, and every field always present."""

    model_config = ConfigDict(from_attributes=True, frozen=True, json_schema_serialization_defaults_required=True)

    @classmethod
    def of(cls, row: object, **more: Any) -> Self:
        """Made from a row's columns of the same names, and from what the row alone does not say."""
        own = {name: getattr(row, name) for name in cls.model_fields if name not in more and hasattr(row, name)}
        return cls.model_validate(own | more)


RowT = TypeVar("RowT")


class Page(ReadModel, Generic[RowT]):
    """One page of a list; `next_cursor` fetches the following one and is null on the last."""

    results: list[RowT]
    next_cursor: str | None
