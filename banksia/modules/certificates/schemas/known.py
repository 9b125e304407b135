"""What council knows of a line's land, as somebody saw it: by it one learns what has changed since."""

from typing import Annotated

from pydantic import Field, StringConstraints

from banksia.kit.schemas import ReadModel

NO_NUL = r"^[^\x00]*$"
"""The database keeps every other character."""
Known = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)],
        Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)],
    ],
    Field(max_length=500),
]
KnownDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of it, where many lines are sent at once."""


class KnownChange(ReadModel):
    """One thing that council knows otherwise than before; `before` is null for what was not asked then.

    `key` is the question's where a question asks it.
    """

    key: str
    label: str
    before: str | None
    now: str
