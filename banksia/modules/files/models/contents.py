"""What was found out about bytes after they were safe: their text, their pictures, whether they are clean."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, OrganisationOwned

TEXT_STATES = ("waiting", "done", "none", "unavailable", "ocr_waiting", "ocr_done", "ocr_failed")
PICTURE_STATES = ("waiting", "done", "none", "unavailable")
SCAN_STATES = ("not_scanned", "clean", "infected")
SHOWN_BY_BROWSERS: Final = frozenset(
    {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/plain"}
)
"""Kinds that are their own preview."""


class Content(OrganisationOwned, Base):
    """One stored object of property files, however many documents have it; failing to read it refuses nothing.

    `none` means that this kind of file has no such thing, `unavailable` that it could not be had of this file.
    """

    __tablename__ = "contents"
    __table_args__ = (
        UniqueConstraint("organisation_id", "object_id"),
        Index(
            None,
            "organisation_id",
            "id",
            postgresql_where=text("text_state = 'waiting' OR picture_state = 'waiting'"),
        ),
        Index("ix_contents_scans", "organisation_id", "text_state", "id", postgresql_where=text("is_scan")),
        Index("ix_contents_not_scanned", "organisation_id", "id", postgresql_where=text("virus_scan = 'not_scanned'")),
        CheckConstraint(f"text_state IN {TEXT_STATES}", name="text_state_known"),
        CheckConstraint(f"picture_state IN {PICTURE_STATES}", name="picture_state_known"),
        CheckConstraint(f"virus_scan IN {SCAN_STATES}", name="virus_scan_known"),
    )

    object_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("storage.objects.id"))
    text_state: Mapped[str] = mapped_column(default="waiting")
    text: Mapped[str] = mapped_column(default="", deferred=True)
    """What the file says, at most a megabyte of it; lists never ask for it."""
    text_note: Mapped[str] = mapped_column(default="")
    """Why there is no text, or not all, in sentences; what waits for OCR is told by `whole_text_note`."""
    picture_state: Mapped[str] = mapped_column(default="waiting")
    picture_note: Mapped[str] = mapped_column(default="")
    page_count: Mapped[int | None]
    is_scan: Mapped[bool] = mapped_column(default=False)
    """It has pages without words on them until OCR reads them off: all pages, or those in `scan_pages`."""
    scan_pages: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """Which pages are pictures, where others have words of their own; counted from 1."""
    unread_pages: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """Which of the pictures OCR could not read."""
    thumbnail_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("storage.objects.id"))
    preview_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("storage.objects.id"))
    """A file that a browser can show, where the original is none: the first page of a TIFF, the text of a letter."""
    ocr_pages_done: Mapped[int] = mapped_column(default=0)
    """How many of the pages that are pictures."""
    ocr_seconds: Mapped[float] = mapped_column(default=0.0)
    virus_scan: Mapped[str] = mapped_column(default="not_scanned")
    virus_name: Mapped[str] = mapped_column(default="")
    scanned_at: Mapped[datetime | None]
    processed_at: Mapped[datetime | None]

    @property
    def picture_pages(self) -> Sequence[int]:
        """The pages that OCR reads, in their order."""
        return range(1, (self.page_count or 1) + 1) if self.scan_pages is None else self.scan_pages

    @property
    def whole_text_note(self) -> str:
        """Why there is no text, or not all of it yet."""
        return f"{self._of_pictures()} {self.text_note}".strip() if self.is_scan else self.text_note

    def _of_pictures(self) -> str:
        pictures, done = len(self.picture_pages), self.ocr_pages_done
        if self.scan_pages is None:
            which = "The pages are pictures"
        else:
            are = "page is a picture" if pictures == 1 else "pages are pictures"
            which = f"{pictures:,} of {self.page_count or pictures:,} {are}"
        if self.text_state == "ocr_waiting":
            how_far = f"The words of {done:,} of them are read, the others" if done else "Their words"
            return f"{which}. {how_far} will be read when there is time."
        is_left_alone = self.text_state in ("done", "none") and self.scan_pages is not None
        return f"{which}, and their words are not read." if is_left_alone else ""


class KnownContent:
    """What is known of a version's bytes; before they were looked at, nothing is."""

    if TYPE_CHECKING:
        content: Mapped[Content | None]
        content_type: Mapped[str]

    @property
    def virus_scan(self) -> str:
        """Whether somebody looked for viruses: never `clean` without a scanner's word."""
        return self.content.virus_scan if self.content else "not_scanned"

    @property
    def virus_name(self) -> str:
        """What the scanner found."""
        return self.content.virus_name if self.content else ""

    @property
    def scanned_at(self) -> datetime | None:
        """When the scanner looked."""
        return self.content.scanned_at if self.content else None

    @property
    def text_state(self) -> str:
        """How far its words are read."""
        return self.content.text_state if self.content else "waiting"

    @property
    def text_note(self) -> str:
        """Why there are no words, or not all."""
        return self.content.whole_text_note if self.content else ""

    @property
    def picture_state(self) -> str:
        """Whether there is a small picture of it."""
        return self.content.picture_state if self.content else "waiting"

    @property
    def page_count(self) -> int | None:
        """Of what has pages."""
        return self.content.page_count if self.content else None

    @property
    def has_preview(self) -> bool:
        """Whether a browser can show it, or something in its place."""
        if self.virus_scan == "infected":
            return False
        return self.content_type in SHOWN_BY_BROWSERS or self.has_own_preview or self.has_text_preview

    @property
    def has_own_preview(self) -> bool:
        """Whether there is a file that is shown in its place."""
        return self.content is not None and self.content.preview_id is not None

    @property
    def has_text_preview(self) -> bool:
        """Whether its words are shown in its place, as of a letter or a message."""
        return self.text_state == "done" and self.page_count is None
