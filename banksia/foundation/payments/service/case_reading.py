"""One case to review, with its history."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_zone
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import ReviewCaseNotFound
from banksia.foundation.payments.models import ReviewCase
from banksia.foundation.payments.schemas.provider import EvidenceEntry, ReviewCaseDetail
from banksia.foundation.payments.service.dispute_evidence import detail_in_words
from banksia.foundation.payments.service.reading import review_case_reads
from banksia.kit.database import organisation_id_of

MOST_ENTRIES = 100


def case_detail(session: Session, *, case_id: uuid.UUID) -> ReviewCaseDetail:
    """A case and the audit log's entries about it, its money and what it is about. Raises ReviewCaseNotFound."""
    case = session.scalar(queries.cases_of(organisation_id_of(session)).where(ReviewCase.id == case_id))
    if case is None:
        raise ReviewCaseNotFound
    [read] = review_case_reads(session, [case])
    zone = council_zone(session)
    about = {case.id, case.source_id, case.payment_id, case.payable_id} - {None}
    entries = audit.entries_about(session, [each for each in about if each], limit=MOST_ENTRIES)
    history = [
        EvidenceEntry(
            at=entry.occurred_at,
            who=entry.actor_name,
            what=entry.action,
            detail=detail_in_words(entry.detail, zone),
        )
        for entry in entries
    ]
    return ReviewCaseDetail(**read.model_dump(), history=history)
