"""Comments, reminders and sendings, as routes take and answer them."""

import uuid
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import EmailStr, Field, StringConstraints, model_validator

from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, UtcDatetime

CommentText = Annotated[Paragraph, StringConstraints(min_length=1, max_length=2000)]


class AboutOne(RequestModel):
    """What is said of a document or of a folder, and never of both, whose rights could differ."""

    folder_id: uuid.UUID | None = None
    document_id: uuid.UUID | None = None

    @model_validator(mode="after")
    def name_one(self) -> Self:
        """A document lies in a folder: naming both says nothing more."""
        if self.folder_id is not None and self.document_id is not None:
            message = "Name the document or the folder, not both."
            raise ValueError(message)
        return self


class CommentCreate(AboutOne):
    """A comment on a document or a folder, or without either on the whole file."""

    text: CommentText


class CommentRead(ReadModel):
    """A comment; `is_mine` when the reader wrote it."""

    id: uuid.UUID
    created_at: UtcDatetime
    folder_id: uuid.UUID | None
    document_id: uuid.UUID | None
    text: str
    author_name: str
    is_mine: bool


class ReminderCreate(AboutOne):
    """Remind a person of a document or a folder on a day; without a person, who asks."""

    remind_on: date
    person_id: uuid.UUID | None = None
    note: Annotated[Line, Field(description="What to do then")] = ""


class ReminderRead(ReadModel):
    """A reminder, waiting or sent."""

    id: uuid.UUID
    remind_on: date
    person_id: uuid.UUID
    person_name: str
    folder_id: uuid.UUID | None
    document_id: uuid.UUID | None
    document_title: str | None
    note: str
    created_by_name: str
    sent_at: UtcDatetime | None


class PersonRead(ReadModel):
    """A member of staff who can be reminded."""

    id: uuid.UUID
    name: str


class OwnerRead(ReadModel):
    """An owner to whom documents can be sent."""

    name: str
    email: str


class SentVersion(RequestModel):
    """A document in the version that is on screen."""

    document_id: uuid.UUID
    version_number: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SendingCreate(RequestModel):
    """Documents to e-mail to one person."""

    to_email: EmailStr
    to_name: Line = ""
    message: Annotated[Paragraph, StringConstraints(max_length=2000)] = ""
    documents: Annotated[list[SentVersion], Field(min_length=1, max_length=50)]


class SentDocumentRead(ReadModel):
    """One document of a sending, as it was then."""

    document_id: uuid.UUID
    version_number: int
    file_name: str
    sha256: str
    size: int


class SendingRead(ReadModel):
    """Documents that were sent to somebody, and what became of the mail."""

    id: uuid.UUID
    created_at: UtcDatetime
    to_email: str
    to_name: str
    message: str
    method: Literal["attached", "link"]
    expires_at: UtcDatetime | None
    opened_at: UtcDatetime | None
    sent_by_name: str
    mail_status: str
    documents: list[SentDocumentRead]


class SharedDocumentRead(ReadModel):
    """One document behind a link."""

    number: int
    file_name: str
    size: int


class SharedRead(ReadModel):
    """What an owner sees behind the link that was mailed to them."""

    council: str
    property_label: str
    to_name: str
    message: str
    sent_at: UtcDatetime
    expires_at: UtcDatetime
    documents: list[SharedDocumentRead]


class SharedOpen(RequestModel):
    """The token of a link, which stands after its #."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=100)]
