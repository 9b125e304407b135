"""What can go wrong with bytes, in sentences for a person."""

from datetime import datetime

from banksia.kit.errors import BadRequest, Conflict, Gone, NotFound, Problem, TooLarge, Unavailable


class UploadTooLarge(TooLarge):
    """More bytes than this installation takes in one file."""

    title = "The file is too large"

    def __init__(self, limit_bytes: int) -> None:
        """Say how much is taken."""
        limit = f"{limit_bytes / 1024**2:,.0f} MB" if limit_bytes >= 1024**2 else f"{limit_bytes:,} bytes"
        super().__init__(f"A file can have up to {limit}. Split it, or ask your administrator to raise the limit.")


class SizeNotDeclared(BadRequest):
    """The request does not say how many bytes will come."""

    title = "The size of the file is not given"

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__("Send the size of the file in the Content-Length header, then the file.")


class ChecksumMismatch(BadRequest):
    """Other bytes arrived than were sent."""

    title = "The file was damaged on its way"

    def __init__(self) -> None:
        """Nothing was kept; say how to go on."""
        super().__init__("The file that arrived is not the file that was sent, so it was not kept. Send it again.")


class UploadCutOff(BadRequest):
    """The connection ended before the declared size was reached."""

    title = "The upload was cut off"

    def __init__(self, received: int, declared: int) -> None:
        """Say how far it came."""
        super().__init__(f"Only {received:,} of {declared:,} bytes arrived, so nothing was kept. Send the file again.")


class StorageUnavailable(Unavailable):
    """The object store does not answer or is full."""

    title = "Files cannot be stored or opened now"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("The council's file store does not answer. Nothing is lost. Try again in a few minutes.")


class BytesMissing(Problem):
    """A row says that the bytes exist, and the store does not have them."""

    status = 500
    title = "The file cannot be opened"

    def __init__(self, sha256: str) -> None:
        """Name the object, so that it can be restored."""
        super().__init__(f"The stored file {sha256[:12]} is missing. Tell your administrator; it is in the backups.")


class RangeNotSatisfiable(Problem):
    """A part of the file was asked for that it does not have."""

    status = 416
    title = "The file has no such part"

    def __init__(self, size: int) -> None:
        """Say how long the file is."""
        super().__init__(f"The file has {size:,} bytes. Ask for a part inside it.")
        self.headers = {"Content-Range": f"bytes */{size}"}


class UploadNotFound(NotFound):
    """No such upload, or it is another person's."""

    title = "Upload not found"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("There is no such upload of yours. Send the file from its beginning.")


class UploadExpired(Gone):
    """Nothing came for so long that the part was given up."""

    title = "The upload has expired"

    def __init__(self, expired_at: datetime) -> None:
        """Say since when, and how to go on."""
        super().__init__(
            f"Nothing more came until {expired_at.day} {expired_at:%B %Y}, so the part that had arrived was removed. "
            "Send the file from its beginning."
        )


class UploadBusy(Problem):
    """Another request sends bytes of the same upload now."""

    status = 423
    title = "The upload is going on elsewhere"

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__("This file is being sent by another window or request. Wait a moment, then go on from there.")


class OffsetMismatch(Conflict):
    """The bytes that were sent do not begin where the upload stands."""

    title = "The upload stands elsewhere"

    def __init__(self, offset: int) -> None:
        """Say where it stands, for people and in the header."""
        super().__init__(f"The upload stands at byte {offset:,}. Go on from there.", offset=offset)
        self.headers = {"Upload-Offset": str(offset)}


class MoreThanDeclared(BadRequest):
    """More bytes came than the upload was said to have."""

    title = "More bytes came than were declared"

    def __init__(self, size: int) -> None:
        """Say how many were declared."""
        super().__init__(f"The file was said to have {size:,} bytes, and more came. They were not kept. Send it again.")


class ChunkDamaged(Problem):
    """The bytes of one request are not those that its checksum is of."""

    status = 460
    title = "A part of the file was damaged on its way"

    def __init__(self) -> None:
        """Nothing of it was kept; say how to go on."""
        super().__init__("The part that arrived is not the part that was sent, so it was not kept. Send it again.")


class UploadFinished(Conflict):
    """The file is kept already, so that there is nothing to break off."""

    title = "The file is kept already"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("The file has arrived and is kept, so its upload cannot be broken off any more.")


class UploadInterrupted(BadRequest):
    """The connection ended before all bytes of the request had come; those that came are kept."""

    title = "The upload was interrupted"

    def __init__(self, offset: int, size: int) -> None:
        """Say how far it came."""
        super().__init__(
            f"The connection ended at byte {offset:,} of {size:,}. What arrived is kept: go on from there."
        )
