"""What can go wrong with property files, in sentences for a person."""

import uuid

from banksia.kit.errors import Conflict, Invalid, NotFound


class DocumentNotFound(NotFound):
    """No such document, or version of it, at this council."""

    title = "Document not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such document at this council. Open it from the property's file.")


class FolderNotFound(NotFound):
    """No such folder at this council."""

    title = "Folder not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such folder at this council. Choose one from the property's file.")


class FileNameMissing(Invalid):
    """Nothing is left of the name once folders and spaces are gone."""

    title = "The file has no name"

    def __init__(self) -> None:
        """Say what to do."""
        message = "Give the file a name, then add it again."
        super().__init__(message, errors=[{"field": "file_name", "message": message}])


class DocumentAlreadyHere(Conflict):
    """The property's file already has these very bytes."""

    title = "This file is already here"

    def __init__(self, document_id: uuid.UUID, title: str) -> None:
        """Name the document that has them."""
        super().__init__(
            f"This file is already here as “{title}”. Use that one or add anyway.",
            document_id=str(document_id),
        )


class CertificateNotStored(Conflict):
    """A certificate was announced whose bytes cannot be found, or are others."""

    title = "The certificate is not in the file store"

    def __init__(self, number: str) -> None:
        """Name the certificate."""
        super().__init__(f"The bytes of certificate {number} are not stored as announced. It is filed once they are.")
