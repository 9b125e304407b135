"""Mail in a council's own words."""

from typing import Annotated

from pydantic import Field, StringConstraints

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime

MOST_SUBJECT, MOST_TEXT = 200, 5000
"""Letters of the two parts of a mail."""
MailName = Annotated[str, StringConstraints(max_length=120, pattern=r"^[a-z_]+\.[a-z_]+$")]
"""`certificates.certificate_ready`."""


class VariableRead(ReadModel):
    """Something that a mail can say, written `{{ name }}`."""

    name: str
    words: str
    sample: str
    link: bool
    """An address: it may not stand in the subject."""
    required: bool
    """The text must have it."""


class MailKindRead(ReadModel):
    """A mail that can be worded."""

    name: str
    module: str
    title: str
    about: str
    is_changed: bool
    changed_at: UtcDatetime | None
    changed_by_name: str | None


class MailKindList(ReadModel):
    """Every mail that can be worded."""

    mails: list[MailKindRead]


class WordingVersionRead(ReadModel):
    """One version of a council's words; going back to the standard is one too."""

    version: int
    is_standard: bool
    subject: str | None
    text: str | None
    author_name: str
    created_at: UtcDatetime


class WordingRead(ReadModel):
    """The words of a mail as they are sent now."""

    name: str
    title: str
    about: str
    version: int
    """Zero while nobody has changed them."""
    is_changed: bool
    subject: str
    text: str
    standard_subject: str
    standard_text: str
    variables: list[VariableRead]
    versions: list[WordingVersionRead]
    """The newest first, at most 50."""


class WordingWrite(RequestModel):
    """Words for a mail; `version` is the one that was read."""

    subject: Annotated[RequiredLine, Field(max_length=MOST_SUBJECT)]
    text: Annotated[Paragraph, Field(min_length=1, max_length=MOST_TEXT)]
    version: Annotated[int, Field(ge=0)]


class WordingReset(RequestModel):
    """Back to the standard words; `version` is the one that was read."""

    version: Annotated[int, Field(ge=0)]


class WordingPreview(ReadModel):
    """How words would read, with samples."""

    subject: str
    text: str
