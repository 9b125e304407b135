"""SELECTs of what goes back: refunds' lines, and disputes."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select, true

from banksia.foundation.payments.models import (
    HOLDING_REFUNDS,
    OPEN_DISPUTES,
    Dispute,
    DisputeState,
    Payment,
    Refund,
    RefundLine,
)
from banksia.foundation.payments.queries import refunds_for
from banksia.kit.among import among


def refund_lines_of(organisation_id: uuid.UUID) -> Select[RefundLine]:
    """Which refund gives back how much of which line."""
    return select(RefundLine).where(RefundLine.organisation_id == organisation_id)


def held_of_lines(organisation_id: uuid.UUID, line_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID, int, int]:
    """What of each line is refunded or about to be, and the GST in it, in cents."""
    return (
        refund_lines_of(organisation_id)
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(among(RefundLine.payable_line_id, line_ids), Refund.state.in_(HOLDING_REFUNDS))
        .with_only_columns(
            RefundLine.payable_line_id, func.sum(RefundLine.amount_cents), func.sum(RefundLine.gst_cents)
        )
        .group_by(RefundLine.payable_line_id)
    )


def asked_since(payment: Payment, since: datetime, line_ids: Sequence[uuid.UUID]) -> Select[Refund]:
    """Refunds after a moment that may give back the same money of a payment; those of other lines cannot.

    What pays a payable is given back together, whichever of its payments it comes from; what pays nothing, by itself.
    """
    lines = refund_lines_of(payment.organisation_id).where(RefundLine.refund_id == Refund.id)
    same_line = lines.where(among(RefundLine.payable_line_id, line_ids)).exists() if line_ids else true()
    return (
        refunds_for(payment.organisation_id, payment.payable_id)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(
            Payment.applied if payment.applied else Payment.id == payment.id,
            Refund.state.in_(HOLDING_REFUNDS),
            Refund.created_at > since,
            or_(same_line, ~lines.exists()),
        )
    )


def disputes_of(organisation_id: uuid.UUID) -> Select[Dispute]:
    """The disputes of one organisation."""
    return select(Dispute).where(Dispute.organisation_id == organisation_id)


def open_disputes(organisation_id: uuid.UUID, payment_ids: Sequence[uuid.UUID]) -> Select[Dispute]:
    """Disputes that stand, of these payments."""
    return disputes_of(organisation_id).where(among(Dispute.payment_id, payment_ids), Dispute.state.in_(OPEN_DISPUTES))


def lost_to_disputes(organisation_id: uuid.UUID, payment_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID, int]:
    """What of each payment its payer's bank took back for good, in cents."""
    return (
        disputes_of(organisation_id)
        .where(among(Dispute.payment_id, payment_ids), Dispute.state == DisputeState.LOST)
        .with_only_columns(Dispute.payment_id, func.sum(Dispute.amount_cents))
        .group_by(Dispute.payment_id)
    )


def disputed_payment(organisation_id: uuid.UUID, provider: str, provider_payment_id: str) -> Select[Payment]:
    """The payment that a provider's dispute is about."""
    return select(Payment).where(
        Payment.organisation_id == organisation_id,
        Payment.provider == provider,
        Payment.provider_payment_id == provider_payment_id,
    )
