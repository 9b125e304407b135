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
    words: dict[str, str] = {
        "missing": "This is needed.",
        "extra_forbidden": "There is no such field.",
        "string_too_short": "This is needed." if error.get("ctx", {}).get("min_length") == 1 else "This is too short.",
    }
    message = words.get(error["type"], str(error["msg"])).removeprefix("Value error, ")
    return message[:1].upper() + message[1:]
