"""What a document is found by."""

import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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
        Index(None, "words", postgresql_using="gin"),
    )

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.documents.id"))
    words: Mapped[Any] = mapped_column(TSVECTOR)
