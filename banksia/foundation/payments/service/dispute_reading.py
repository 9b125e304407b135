"""Disputes as staff read them, and the evidence as a text that a bank can read."""

import re
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import current_organisation
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors.provider import DisputeNotFound
from banksia.foundation.payments.models import OPEN_DISPUTES, Dispute, LedgerEntry, Payable, Payment
from banksia.foundation.payments.queries import refunds as queries_refunds
from banksia.foundation.payments.schemas.provider import DisputeDetail, DisputeRead
from banksia.foundation.payments.service.dispute_evidence import facts_in_order, gathered_evidence
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page
from banksia.kit.words import dollars


def dispute_page(
    session: Session, *, state: str | None, payable_id: uuid.UUID | None, cursor: str | None, limit: int
) -> Page[DisputeRead]:
    """Disputes, newest first."""
    organisation_id = organisation_id_of(session)
    disputes = queries_refunds.disputes_of(organisation_id)
    if state is not None:
        disputes = disputes.where(Dispute.state == state)
    if payable_id is not None:
        disputes = disputes.where(Dispute.payable_id == payable_id)
    keys = [Key(Dispute.id, "id", descending=True)]
    rows, following = page_of(session, disputes, keys=keys, limit=limit, cursor=cursor)
    found = queries.payables_for_lists(organisation_id, {row.payable_id for row in rows})
    payables = {owed.id: owed for owed in session.scalars(found)}
    return Page(
        results=[_read(row, payables[row.payable_id]) for row in rows],
        next_cursor=following,
    )


def _read(dispute: Dispute, owed: Payable) -> DisputeRead:
    return DisputeRead.of(dispute, reference=owed.reference, payer_name=owed.payer_name)


def dispute_detail(session: Session, *, dispute_id: uuid.UUID) -> DisputeDetail:
    """One dispute; its evidence is gathered anew while it is open, and stays as it was afterwards.

    Raises DisputeNotFound.
    """
    dispute, owed = _dispute(session, dispute_id)
    evidence = dispute.evidence
    if dispute.state in OPEN_DISPUTES or not evidence:
        evidence = gathered_evidence(session, owed, session.get_one(Payment, dispute.payment_id), dispute)
    moved = queries.ledger_of(dispute.organisation_id).where(LedgerEntry.source_id == dispute.id)
    cents = {entry.kind: entry.amount_cents for entry in session.scalars(moved)}
    return DisputeDetail.of(
        dispute,
        reference=owed.reference,
        payer_name=owed.payer_name,
        kind=owed.kind,
        subject_id=owed.subject_id,
        staff_path=owed.staff_path,
        withdrawn_cents=-cents.get("dispute", 0),
        reinstated_cents=cents.get("reversal", 0),
        facts=facts_in_order(evidence["facts"]),
        entries=evidence["entries"],
    )


def evidence_text(session: Session, actor: Actor, *, dispute_id: uuid.UUID) -> tuple[str, str]:
    """The evidence as a text and the name of its file; that it was taken is noted. Raises DisputeNotFound."""
    dispute, _ = _dispute(session, dispute_id)
    detail = dispute_detail(session, dispute_id=dispute_id)
    audit.record(session, actor, "payments.evidence_downloaded", subject=dispute)
    lines = [
        f"Evidence of {current_organisation(session).name}",
        f"Dispute {detail.provider_dispute_id}, {dollars(detail.amount_cents)}",
        "",
        *(f"{name}: {value}" for name, value in detail.facts.items()),
        "",
        "What was done, and by whom (times in UTC)",
        *(f"{entry.at:%Y-%m-%d %H:%M:%S}  {entry.who}  {entry.what}  {entry.detail}" for entry in detail.entries),
        "",
    ]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", f"evidence-{detail.reference}-{detail.provider_dispute_id}.txt")
    return "\n".join(lines), name


def _dispute(session: Session, dispute_id: uuid.UUID) -> tuple[Dispute, Payable]:
    organisation_id = organisation_id_of(session)
    dispute = session.scalar(queries_refunds.disputes_of(organisation_id).where(Dispute.id == dispute_id))
    if dispute is None:
        raise DisputeNotFound
    owed = session.scalars(queries.payables_of(organisation_id).where(Payable.id == dispute.payable_id)).one()
    return dispute, owed
