"""What can go wrong with documents."""

import uuid

from banksia.kit.errors import BadRequest, Conflict, Invalid, NotFound, Problem


class DocumentNotFound(NotFound):
    """No such document, or version of it, at this council."""

    title = "Document not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("There is no such document at this council. Open it from the property's file.")


class FileNameMissing(Invalid):
    """Nothing is left of the name once folders and spaces are gone."""

    title = "The file has no name"

    def __init__(self) -> None:
        """Say what to do."""
        message = "Give the file a name, then add it again."
        super().__init__(message, errors=[{"field": "file_name", "message": message}])


class DocumentAlreadyHere(Conflict):
    """The property's file, or another one of the council, already has these very bytes."""

    title = "This file is already here"

    def __init__(
        self, document_id: uuid.UUID, document_title: str, *, property_id: uuid.UUID, property_label: str, here: bool
    ) -> None:
        """Name the document that has them, and the file that it lies in."""
        sentence = f"This file is already here as “{document_title}”. Use that one or add anyway."
        if not here:
            sentence = (
                f"This file is in the file of {property_label or 'another property'} as “{document_title}”. "
                "Link that one here or add anyway."
            )
        super().__init__(
            sentence,
            document_id=str(document_id),
            document_title=document_title,
            property_id=str(property_id),
            property_label=property_label,
            in_this_file=here,
        )


class CertificateNotStored(Conflict):
    """A certificate was announced whose bytes cannot be found, or are others."""

    title = "The certificate is not in the file store"

    def __init__(self, number: str) -> None:
        """Name the certificate."""
        super().__init__(f"The bytes of certificate {number} are not stored as announced. It is filed once they are.")


class AlreadyShownThere(Conflict):
    """The file shows the document."""

    title = "That file shows it already"

    def __init__(self, label: str) -> None:
        """Name the property."""
        super().__init__(f"The file of {label} shows this document already.")


class LinkNotFound(NotFound):
    """The document is not linked to that property."""

    title = "Link not found"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("The document is not linked to that property.")


class TusVersionNotSupported(Problem):
    """The request is not of the version of the upload protocol that is spoken here."""

    status = 412
    title = "Another version of the upload protocol"

    def __init__(self) -> None:
        """Say which version is."""
        super().__init__("Send the header Tus-Resumable: 1.0.0.")
        self.headers = {"Tus-Version": "1.0.0"}


class UploadHeaderUnreadable(BadRequest):
    """A header of the upload protocol is missing or cannot be read."""

    title = "A header of the upload cannot be read"

    def __init__(self, header: str, wanted: str) -> None:
        """Name the header and what it should be."""
        super().__init__(f"The header {header} cannot be read. Send {wanted}.")


class NotAPartOfAFile(Problem):
    """The body is not declared as a part of a file."""

    status = 415
    title = "The body is not a part of a file"

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__("Send the bytes with Content-Type: application/offset+octet-stream.")


class PictureNotFound(NotFound):
    """There is no small picture, or nothing that a browser could show, of this version."""

    title = "Nothing to show"

    def __init__(self, why: str) -> None:
        """Say why, and what can be done all the same."""
        super().__init__(f"{why or 'There is no picture of this file.'} You can still download the file.")


class FileInfected(Conflict):
    """The virus scanner found something in these bytes."""

    title = "This file holds a virus"

    def __init__(self, virus_name: str) -> None:
        """Name what was found, and who can go on."""
        super().__init__(
            f"The virus scanner found {virus_name} in this file, so it stays shut. Administrators can open it.",
            virus_name=virus_name,
        )


class FileDamaged(Conflict):
    """The stored bytes are not those that came."""

    title = "This file is damaged"

    def __init__(self) -> None:
        """Say what was found, and who can go on."""
        super().__init__(
            "The stored bytes of this file are not those that came, so it stays shut. "
            "Administrators can open it, and bring it back from a backup."
        )
