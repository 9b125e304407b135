"""SELECTs of what goes back: refunds' lines, and disputes."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from banksia.foundation.payments.models import (
    HOLDING_REFUNDS,
    OPEN_DISPUTES,
    Dispute,
    DisputeState,
    Payment,
    Refund,
    RefundLine,
)
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
