"""A PDF whose pages follow the certificate's own: a drainage diagram, or the whole of it, finished elsewhere.

The bytes are safe first and drawn once, so that what cannot be printed is told at once and not when it is issued; then
the draft is changed. The draft names them by their SHA-256, which the second officer's check covers.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.storage import public as storage
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.certificates.adapters.certificate_pdf import (
    AttachedUnreadableError,
    CertificateDocument,
    pictures_of,
)
from banksia.modules.certificates.errors.attaching import AttachedUnreadable, NothingAttached
from banksia.modules.certificates.models import Draft, OrderLine
from banksia.modules.certificates.queries.certificates import draft_of
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.downloading import Download
from banksia.modules.certificates.service.drafting import begin_draft, count_save, describe_draft, draft_as_seen
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.states import check

LARGEST = 50 * 1024 * 1024
"""Bytes of an attached PDF as it is sent."""


@dataclass(frozen=True)
class SentPdf:
    """What a request says of the PDF that it brings."""

    line_id: uuid.UUID
    version: int
    file_name: str
    is_whole: bool
    sha256: str
    size: int


@contextmanager
def receive_pdf(transactions: Transactions, sent: SentPdf) -> Iterator[storage.Receiving]:
    """Take a PDF's bytes once it is known that they may come; see `storage.receive`.

    Raises LineNotFound, TransitionRefused, DraftStale and UploadTooLarge.
    """
    if sent.size > LARGEST:
        raise storage.UploadTooLarge(LARGEST)
    with transactions() as session:
        _draft_to_change(session, transactions.actor, sent.line_id, sent.version)
    with storage.receive(transactions.platform, size=sent.size) as receiving:
        yield receiving


def attach_pdf(transactions: Transactions, sent: SentPdf, receiving: storage.Receiving) -> DraftRead:
    """Keep the received bytes, see that they can be drawn, and attach them; call it outside any transaction.

    What was attached before is replaced. Raises AttachedUnreadable, LineNotFound, TransitionRefused and DraftStale.
    """
    stored = receiving.keep(transactions, sha256=sent.sha256)
    with transactions() as session:
        kept = storage.record_object(session, stored)
    try:
        page_count = len(pictures_of(_bytes_of(transactions, kept)))
    except AttachedUnreadableError as error:
        raise AttachedUnreadable(str(error)) from error
    actor = transactions.actor
    with transactions() as session:
        line, draft = _draft_to_change(session, actor, sent.line_id, sent.version, lock=True)
        draft = draft or begin_draft(session, actor, line, seen=None)
        draft.attached = {
            "object_id": str(kept.id),
            "sha256": kept.sha256,
            "size_bytes": kept.size,
            "file_name": sent.file_name,
            "page_count": page_count,
            "is_whole": sent.is_whole,
            "added_by_name": actor.name,
            "added_at": utc_now().isoformat(),
        }
        detail = {"file_name": sent.file_name, "sha256": kept.sha256, "is_whole": sent.is_whole}
        _note(session, actor, line, draft, "certificates.pdf_attached", detail)
        return describe_draft(session, line)


def detach_pdf(session: Session, actor: Actor, *, line_id: uuid.UUID, version: int) -> DraftRead:
    """Take the PDF away again; raises LineNotFound, NothingAttached, TransitionRefused and DraftStale."""
    line, draft = _draft_to_change(session, actor, line_id, version, lock=True)
    if draft is None or draft.attached is None:
        raise NothingAttached
    before, draft.attached = draft.attached, None
    detail = {"file_name": before["file_name"], "sha256": before["sha256"]}
    _note(session, actor, line, draft, "certificates.pdf_detached", detail)
    return describe_draft(session, line)


def download_pdf(session: Session, actor: Actor, *, line_id: uuid.UUID) -> Download:
    """Return what is attached, as it was sent, and note who took it; raises LineNotFound and NothingAttached."""
    line = find_line(session, actor, line_id)
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    stored = None
    if draft and draft.attached:
        stored = storage.find_object(session, uuid.UUID(draft.attached["object_id"]))
    if draft is None or draft.attached is None or stored is None:
        raise NothingAttached
    detail = {"file_name": draft.attached["file_name"], "sha256": stored.sha256}
    audit.record(session, actor, "certificates.attached_downloaded", subject=line, detail=detail)
    return Download(stored, draft.attached["file_name"])


def with_pages(transactions: Transactions, document: CertificateDocument) -> CertificateDocument:
    """Return a document with the bytes of what is attached, ready to be drawn; call it outside any transaction.

    Raises BytesMissing and StorageUnavailable.
    """
    if document.attached is None:
        return document
    with transactions() as session:
        stored = storage.find_object(session, document.attached.object_id)
    if stored is None:
        raise storage.BytesMissing(document.attached.sha256)
    return replace(document, attached=replace(document.attached, content=_bytes_of(transactions, stored)))


def _bytes_of(transactions: Transactions, stored: storage.StoredObject) -> bytes:
    return b"".join(storage.open_object(transactions.platform, stored))


def _draft_to_change(
    session: Session, actor: Actor, line_id: uuid.UUID, version: int, *, lock: bool = False
) -> tuple[OrderLine, Draft | None]:
    line = find_line(session, actor, line_id, lock=lock)
    check(line, "draft")
    return line, draft_as_seen(session, line, version)


def _note(
    session: Session, actor: Actor, line: OrderLine, draft: Draft, action: str, detail: dict[str, object]
) -> None:
    count_save(session, actor, line, draft)
    audit.record(session, actor, action, subject=line, detail={"version": draft.version, **detail})
    session.flush()
