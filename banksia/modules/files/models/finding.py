"""What a document is found by."""

import uuid
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned


class DocumentWords(OrganisationOwned, Base):
    """The words of a document that is present: title, file names, description, comments, text.

    Only the function `files.find_documents` reads them: under row-level security a search could use no index.
    """

    __tablename__ = "document_words"
    __table_args__ = (
        UniqueConstraint("organisation_id", "document_id"),
        Index(None, "organisation_id", "place"),
        Index(None, "words", postgresql_using="gin"),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    place: Mapped[int] = mapped_column(BigInteger)
    """Its number in the order in which the council's documents came; two that came at once may share it. Two thousand
    of them make a batch; its name, and that of sixteen and of 256 batches, are among the words: `files.batches_of`."""
    words: Mapped[Any] = mapped_column(TSVECTOR)
