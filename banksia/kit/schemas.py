"""What every request and answer has in common."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints

CONTROL_CHARACTERS = {chr(code) for code in (*range(32), 127)} - {"\n", "\r", "\t"}


def _in_utc(value: datetime) -> str:
    """`2026-11-23T10:42:00Z`: the clients' generated validators take only the Z form."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _without_controls(value: str) -> str:
    """PostgreSQL text holds no NUL, and no name holds a control character."""
    if CONTROL_CHARACTERS.intersection(value):
        message = "Remove the control characters."
        raise ValueError(message)
    return value


UtcDatetime = Annotated[datetime, PlainSerializer(_in_utc, return_type=str, when_used="json")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_without_controls)]
"""One line that a person types: a name, a reference."""
RequiredLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_without_controls)
]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000), AfterValidator(_without_controls)]
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
