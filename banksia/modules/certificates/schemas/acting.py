"""What officers do with a line, and what they had seen of it."""

import uuid
from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import Paragraph, ReadModel, RequestModel
from banksia.modules.certificates.models import ReplacedBecause
from banksia.modules.certificates.schemas.known import Known

SeenOfficer = Annotated[uuid.UUID | None, Field(description="Who had the line when it was read; null for nobody")]


class LineAssign(RequestModel):
    """Who shall prepare it; null gives it back to the queue."""

    officer_id: uuid.UUID | None
    seen_officer_id: SeenOfficer


class LineSeen(RequestModel):
    """A line as it was read."""

    line_id: uuid.UUID
    seen_officer_id: SeenOfficer


class LinesAssign(RequestModel):
    """Several lines at once, and who shall prepare them; null gives them back to the queue."""

    lines: Annotated[list[LineSeen], Field(min_length=1, max_length=100)]
    officer_id: uuid.UUID | None


class LineRefused(ReadModel):
    """A line that was left as it is, and why."""

    line_id: uuid.UUID
    address: str
    reason: str


class LinesAssigned(ReadModel):
    """What became of each line."""

    assigned: list[uuid.UUID]
    refused: list[LineRefused]


class LineSendBack(RequestModel):
    """What the second officer wants changed."""

    reason: Annotated[Paragraph, Field(min_length=5, max_length=2000)]


class LineHold(RequestModel):
    """What the customer is asked while the clock stands still."""

    question: Annotated[Paragraph, Field(min_length=5, max_length=2000)]


class LineRefuse(RequestModel):
    """Why the certificate cannot be issued; the customer reads it."""

    reason: Annotated[Paragraph, Field(min_length=5, max_length=2000)]


class LineReplace(RequestModel):
    """Why an issued certificate is replaced by a new one; kept in its history.

    Whoever checks the replaced certificate reads `because`, and never the reason.
    """

    because: ReplacedBecause = "other"
    reason: Annotated[Paragraph, Field(min_length=5, max_length=2000)]


class LineKeep(RequestModel):
    """Why the issued certificate is not replaced after all; kept in its history."""

    reason: Annotated[Paragraph, Field(min_length=5, max_length=2000)]


class LineIssue(RequestModel):
    """Issue what the officer saw: the draft of this version, this version of the template, and what council knew.

    `known` is the one of the line as it was read.
    """

    version: Annotated[int, Field(ge=0)]
    template_number: Annotated[int, Field(ge=0)] | None = None
    known: Known


class LineCheck(RequestModel):
    """What the second officer looked at: the `known` of the line as it was read."""

    known: Known


class LineTemplate(RequestModel):
    """Go on with the newest template; both versions are those that were read."""

    version: Annotated[int, Field(ge=1)]
    template_number: Annotated[int, Field(ge=0)]
