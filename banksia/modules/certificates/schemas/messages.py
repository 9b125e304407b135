"""What customer and council write to each other about an order."""

import uuid
from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime


class MessageCreate(RequestModel):
    """What is written; a customer's message answers what council asked, and the clock goes on."""

    text: Annotated[Paragraph, Field(min_length=1, max_length=5000)]


class MessageFileRead(ReadModel):
    """A file that came with a message."""

    id: uuid.UUID
    file_name: str
    size_bytes: int
    sha256: str
    download_path: str


class MessageRead(ReadModel):
    """One message about an order."""

    id: uuid.UUID
    from_council: bool
    author_name: str
    text: str
    at: UtcDatetime
    files: list[MessageFileRead]
    takes_files: bool
    """Whether the person who reads it may add files to it: its author, for an hour."""


class MessageList(ReadModel):
    """All that was written about an order, the oldest first."""

    messages: list[MessageRead]
    can_write: bool
    answers: list[str]
    """The questions of council that the next message of the customer answers."""
    is_mailed: bool
    """Whether what council writes is mailed; without an email address it is only kept with the order."""


class FileParameters(RequestModel):
    """What the address of an upload says of the file, whose bytes are the body."""

    file_name: Annotated[RequiredLine, Field(max_length=255, description="The file's own name, with its ending")]
