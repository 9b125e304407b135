"""Disputes: a payer's bank takes a payment back. It is followed, its refunds are stopped, and evidence is gathered.

What a message says is never believed: it only says about which dispute the provider is to be asked.
"""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit
from banksia.foundation.payments.adapters.provider import ProviderDispute, ProviderUnknown
from banksia.foundation.payments.errors import OnlinePaymentOff
from banksia.foundation.payments.events import PaymentDisputed
from banksia.foundation.payments.models import (
    OPEN_DISPUTES,
    Dispute,
    DisputeState,
    Payable,
    Payment,
    ReviewKind,
)
from banksia.foundation.payments.queries import refunds as queries
from banksia.foundation.payments.service.dispute_evidence import gathered_evidence
from banksia.foundation.payments.service.posting import Posting, post_movement
from banksia.foundation.payments.service.provider_accounts import provider_of
from banksia.foundation.payments.service.raising import PayableRef, locked, locked_by_id
from banksia.foundation.payments.service.recording import open_case
from banksia.foundation.payments.service.settling import mark_handled
from banksia.foundation.payments.service.transitions import may_dispute_become, move_dispute
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id


def follow_dispute(transactions: Transactions, *, dispute_id: str, event_id: uuid.UUID | None = None) -> None:
    """Make our books agree with the provider about a dispute; call it outside any transaction, as often as you like.

    `dispute_id` is the provider's. ProviderDown and ProviderRefused mean that nothing was learnt.
    """
    provider = provider_of(transactions)
    if provider is None:
        raise OnlinePaymentOff
    told: ProviderDispute | None = None
    try:
        told = provider.retrieve_dispute(dispute_id)
    except ProviderUnknown:
        told = None
    with transactions() as session:
        outcome = apply_dispute(session, transactions.actor, told, provider.name) if told else "no such dispute"
        mark_handled(session, event_id, outcome)


def apply_dispute(session: Session, actor: Actor, told: ProviderDispute, provider: str) -> str:
    """Apply what the provider says about a dispute, under the lock of its payable; answers what came of it."""
    found = session.scalar(queries.disputed_payment(actor.organisation_id, provider, told.payment_id))
    if found is None:
        return "nothing of ours"
    owed = locked_by_id(session, found.payable_id)
    statement = queries.disputes_of(owed.organisation_id).where(
        Dispute.provider == provider, Dispute.provider_dispute_id == told.id
    )
    dispute = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    opened = dispute is None
    if dispute is None:
        dispute = _opened(session, owed, found, told, provider)
    moved = dispute.state != told.status and may_dispute_become(dispute, DisputeState(told.status))
    if moved:
        move_dispute(dispute, DisputeState(told.status))
    if dispute.state in OPEN_DISPUTES:
        dispute.evidence_due_at = told.evidence_due_at
    _post(session, actor, owed, dispute, told)
    if not opened and not moved:
        return f"still {dispute.state}"
    dispute.evidence = gathered_evidence(session, owed, found, dispute)
    _tell(session, actor, owed, dispute, found, opened=opened)
    return f"dispute {dispute.state}"


def _opened(session: Session, owed: Payable, payment: Payment, told: ProviderDispute, provider: str) -> Dispute:
    dispute = Dispute(
        id=new_id(),
        organisation_id=owed.organisation_id,
        payable_id=owed.id,
        payment_id=payment.id,
        provider=provider,
        provider_dispute_id=told.id,
        state=told.status,
        amount_cents=told.amount_cents,
        reason=told.reason,
        evidence_due_at=told.evidence_due_at,
        evidence={},
        opened_at=told.opened_at,
        closed_at=None if told.status in OPEN_DISPUTES else utc_now(),
    )
    session.add(dispute)
    session.flush()
    return dispute


def _post(session: Session, actor: Actor, owed: Payable, dispute: Dispute, told: ProviderDispute) -> None:
    """What was withdrawn is out of our balance once, and what came back is in it once, however often it is told."""
    for kind, amount_cents in (
        ("dispute", -told.withdrawn_cents),
        ("reversal", told.reinstated_cents),
        ("fee", -told.fee_cents),
    ):
        if amount_cents:
            posting = Posting(kind, dispute.id, amount_cents, owed.reference, dispute.provider_dispute_id, owed.id)
            post_movement(session, actor, posting)


def _tell(session: Session, actor: Actor, owed: Payable, dispute: Dispute, payment: Payment, *, opened: bool) -> None:
    facts: dict[str, Any] = {
        "amount_cents": dispute.amount_cents,
        "reason": dispute.reason,
        "state": dispute.state,
        "provider_dispute_id": dispute.provider_dispute_id,
        "dispute_id": str(dispute.id),
        "evidence_due_at": dispute.evidence_due_at.isoformat() if dispute.evidence_due_at else None,
    }
    audit.record(
        session,
        actor,
        "payments.payment_disputed" if opened else "payments.dispute_moved",
        subject=dispute,
        detail={"reference": owed.reference, **facts},
    )
    if opened:
        open_case(session, actor, ReviewKind.DISPUTE, owed, source_id=dispute.id, payment=payment, evidence=facts)
    emit(
        session,
        PaymentDisputed(
            payable_kind=owed.kind,
            payable_id=owed.subject_id,
            dispute_id=dispute.id,
            state=dispute.state,
            amount_cents=dispute.amount_cents,
        ),
    )


def add_evidence_subjects(session: Session, *, payable: PayableRef, subject_ids: list[uuid.UUID]) -> None:
    """Name what else the evidence of a payable's disputes is about: what the workflow made and delivered for it.

    The audit log's entries about these stand in the evidence from then on. Raises PayableNotFound.
    """
    owed = locked(session, payable)
    wanted = {str(subject_id) for subject_id in subject_ids}
    for dispute in session.scalars(queries.disputes_of(owed.organisation_id).where(Dispute.payable_id == owed.id)):
        known = set(dispute.evidence.get("subjects", []))
        dispute.evidence = {**dispute.evidence, "subjects": sorted(known | wanted)}
        session.flush()
        payment = session.get_one(Payment, dispute.payment_id)
        dispute.evidence = gathered_evidence(session, owed, payment, dispute)
