"""What is known of stored objects, scoped to one organisation."""

import uuid
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from banksia.modules.files.models import Content, Document, DocumentVersion


def contents_of(organisation_id: uuid.UUID) -> Select[Content]:
    """What is known of a council's stored objects."""
    return select(Content).where(Content.organisation_id == organisation_id)


def contents_left(organisation_id: uuid.UUID, before: datetime) -> Select[uuid.UUID]:
    """Objects that came before a moment and that nobody has read."""
    waiting = or_(Content.text_state == "waiting", Content.picture_state == "waiting")
    return (
        select(Content.id)
        .where(Content.organisation_id == organisation_id, waiting, Content.created_at < before)
        .order_by(Content.id)
    )


def contents_not_scanned(organisation_id: uuid.UUID, tried_before: datetime) -> Select[uuid.UUID]:
    """Objects that no scanner has looked at, nor refused since a moment."""
    due = or_(Content.scanned_at.is_(None), Content.scanned_at < tried_before)
    return (
        select(Content.id)
        .where(Content.organisation_id == organisation_id, Content.virus_scan == "not_scanned", due)
        .order_by(Content.id)
    )


def scans_of(organisation_id: uuid.UUID, *text_states: str) -> Select[Content]:
    """Objects with pages that are pictures, in some states, the oldest first."""
    return contents_of(organisation_id).where(Content.is_scan, Content.text_state.in_(text_states)).order_by(Content.id)


def scan_counts(organisation_id: uuid.UUID, text_state: str, most: int) -> Select[int, int, float]:
    """How many scans are in a state, at most so many, with the pages read of them and the seconds that took."""
    some = scans_of(organisation_id, text_state).limit(most).subquery()
    return select(
        func.count(), func.coalesce(func.sum(some.c.ocr_pages_done), 0), func.coalesce(func.sum(some.c.ocr_seconds), 0)
    ).select_from(some)


def documents_showing(organisation_id: uuid.UUID, object_id: uuid.UUID) -> Select[uuid.UUID]:
    """Documents whose latest version is this object."""
    return (
        select(Document.id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            Document.organisation_id == organisation_id,
            DocumentVersion.organisation_id == organisation_id,
            DocumentVersion.object_id == object_id,
            DocumentVersion.number == Document.latest_number,
        )
    )
