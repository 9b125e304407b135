"""A PDF that is attached to a certificate, or is all that it says."""

from typing import Annotated

from pydantic import Field

from banksia.kit.schemas import ReadModel, RequestModel, UtcDatetime
from banksia.modules.certificates.schemas.messages import FileParameters


class AttachedRead(ReadModel):
    """The PDF whose pages follow the certificate's own."""

    file_name: str
    size_bytes: int
    page_count: int
    sha256: str
    is_whole: bool
    """It is all that the certificate says; no answers are printed."""
    added_by_name: str
    added_at: UtcDatetime
    download_path: str


class AttachParameters(FileParameters):
    """What the address of an upload says of the PDF, whose bytes are the body."""

    version: Annotated[int, Field(ge=0, description="The draft's version that was read")]
    is_whole: Annotated[bool, Field(description="It is all that the certificate says")] = False


class DetachParameters(RequestModel):
    """Which draft was seen."""

    version: Annotated[int, Field(ge=0, description="The draft's version that was read")]
