"""The SELECTs of links to pay, of surcharges and of what a payer sees, scoped to one organisation."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from banksia.foundation.payments import queries
from banksia.foundation.payments.models import Payable, Refund, RefundState, Surcharge
from banksia.kit.among import among

SHOWN_REFUNDS = (RefundState.PENDING, RefundState.SUCCEEDED, RefundState.FAILED)
"""What a payer hears of; what still waits for a decision may yet be turned down."""


def payable_with_token(organisation_id: uuid.UUID, token: str) -> Select[Payable]:
    """What is owed, for whoever holds the link to pay it."""
    return queries.payables_of(organisation_id).where(Payable.pay_token == token)


def shown_refunds(organisation_id: uuid.UUID, payable_ids: Sequence[uuid.UUID]) -> Select[Refund]:
    """What went back of some payables, or is on its way, the oldest first."""
    return (
        queries.refunds_of(organisation_id)
        .where(among(Refund.payable_id, payable_ids), Refund.state.in_(SHOWN_REFUNDS))
        .order_by(Refund.id)
    )


def surcharges_of(organisation_id: uuid.UUID) -> Select[Surcharge]:
    """What ways to pay cost on top, at any time."""
    return select(Surcharge).where(Surcharge.organisation_id == organisation_id)


def surcharges_on(organisation_id: uuid.UUID, day: date, *, known_at: datetime) -> Select[Surcharge]:
    """The surcharge of each method that began last by a day, as known then; it may be over, and then none holds."""
    return (
        surcharges_of(organisation_id)
        .where(Surcharge.from_on <= day, Surcharge.created_at <= known_at)
        .ext(distinct_on(Surcharge.method))
        .order_by(Surcharge.method, Surcharge.from_on.desc(), Surcharge.id.desc())
    )
