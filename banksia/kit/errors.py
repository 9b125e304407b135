"""Errors as named facts: each carries its status and a sentence that tells a person what to do (RFC 9457)."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from banksia.kit.models import module_of


class Problem(Exception):  # noqa: N818  (named for what it becomes: a problem document)
    """Something that a caller must hear of; subclasses are declared in a module's errors.py."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    keeps_transaction: ClassVar[bool] = False
    """Whether what was written before the refusal is kept, as a failed sign-in's count is."""

    def __init__(self, detail: str | None = None, **extra: Any) -> None:
        """Take the sentence for a person, and members that the problem document shall carry besides."""
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.extra = extra
        self.headers: dict[str, str] = {}

    @classmethod
    def type_urn(cls) -> str:
        """`urn:banksia:certificates:order-not-paid`, stable for clients."""
        return f"urn:banksia:{module_of(cls.__module__)}:{re.sub(r'(?<!^)(?=[A-Z])', '-', cls.__name__).lower()}"

    def document(self) -> dict[str, Any]:
        """The problem document."""
        return {
            "type": self.type_urn(),
            "title": self.title,
            "detail": self.detail,
            "status": self.status,
            **self.extra,
        }


class Invalid(Problem):
    """The request can be read but not accepted; `errors` names the fields."""

    status = 422
    title = "Check the highlighted fields"

    def __init__(self, detail: str | None = None, *, errors: list[dict[str, str]] | None = None, **extra: Any) -> None:
        """Take field errors as `{"field": "lines.0.parcel", "message": "..."}`."""
        super().__init__(detail, errors=errors or [], **extra)


class BadRequest(Problem):
    """The request cannot be read."""

    status = 400
    title = "The request could not be read"


class Unauthenticated(Problem):
    """Nobody is signed in."""

    status = 401
    title = "Sign in to continue"


class Forbidden(Problem):
    """The person may not do this."""

    status = 403
    title = "You do not have access to this"


class NotFound(Problem):
    """There is no such thing here, or it is another council's."""

    status = 404
    title = "Not found"


class Conflict(Problem):
    """The present state does not allow it."""

    status = 409
    title = "This cannot be done now"


class Gone(Problem):
    """It was here, and is no longer."""

    status = 410
    title = "No longer available"


class TooLarge(Problem):
    """More bytes than are taken."""

    status = 413
    title = "Too large"


class TooManyRequests(Problem):
    """Asked too often."""

    status = 429
    title = "Too many attempts"


class Unavailable(Problem):
    """A part that we need does not answer."""

    status = 503
    title = "Temporarily unavailable"


def message_of(error: Mapping[str, Any]) -> str:
    """What Pydantic found wrong with one field, as a person reads it."""
    kind, asked = error["type"], error.get("ctx", {})
    message = _SENTENCES.get(kind) or _length(kind, asked) or _bound(kind, asked) or _choice(kind, asked)
    message = message or str(error["msg"]).removeprefix("Value error, ")
    return message[:1].upper() + message[1:]


_NUMBER, _WHOLE, _LISTS = (
    "Write a number.",
    "Write a whole number.",
    ("List", "Tuple", "Set", "Frozenset", "Dictionary"),
)
_DATE, _MOMENT = "Write a date as 2026-11-30.", "Write a date with its time as 2026-11-30T09:00:00Z."
_SENTENCES: Mapping[str, str] = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "string_type": "This must be text.",
    "string_pattern_mismatch": "This does not have the form that is asked for.",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing", "finite_number"), _NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), "This is either true or false."),
    **dict.fromkeys(("uuid_type", "uuid_parsing"), "This is not a valid UUID."),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DATE),
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "timezone_naive"), _MOMENT),
    **dict.fromkeys(("time_type", "time_parsing"), "Write a time as 14:30."),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), "This must be a list."),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "This must be an object."),
}


def _length(kind: str, asked: Mapping[str, Any]) -> str | None:
    """Too few or too many letters, or members of a list; Pydantic tells both in the same way."""
    if kind not in ("string_too_short", "string_too_long", "too_short", "too_long"):
        return None
    is_list = asked.get("field_type") in _LISTS
    if kind.endswith("long"):
        return f"Give at most {asked['max_length']}." if is_list else f"Write at most {asked['max_length']} letters."
    least = asked["min_length"]
    if least == 1:
        return "Give at least one." if is_list else "This is needed."
    return f"Give at least {least}." if is_list else f"Write at least {least} letters."


def _bound(kind: str, asked: Mapping[str, Any]) -> str | None:
    bounds = {
        "greater_than": "This must be more than {gt}.",
        "greater_than_equal": "This must be {ge} or more.",
        "less_than": "This must be less than {lt}.",
        "less_than_equal": "This must be {le} or less.",
    }
    return bounds[kind].format(**asked) if kind in bounds else None


def _choice(kind: str, asked: Mapping[str, Any]) -> str | None:
    if kind not in ("enum", "literal_error"):
        return None
    return f"Choose one of these: {str(asked['expected']).replace(chr(39), '')}."
