"""How payables stand, each in one row: what came in and went back, what is disputed, and the last online attempt."""

import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Select, Text, Uuid, and_, bindparam, column, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, lazyload
from sqlalchemy.sql.selectable import LateralFromClause

from banksia.foundation.payments.models import (
    OPEN_DISPUTES,
    Dispute,
    DisputeState,
    Payable,
    Payment,
    PaymentAttempt,
    Refund,
    RefundState,
)

COUNCIL = bindparam("council", type_=Uuid)


@cache
def standing() -> Select[Any]:
    """Each payable that is named, its sums in cents and the last attempt; `named` gives the values.

    It is written once: the lists of every module ask it, and putting it together takes longer than it runs.
    """
    asked = func.unnest(bindparam("kinds", type_=ARRAY(Text)), bindparam("subject_ids", type_=ARRAY(Uuid)))
    named = asked.table_valued(column("kind", Text), column("subject_id", Uuid)).render_derived("named")
    came_in, went_back, disputed, last = _came_in(), _went_back(), _disputed(), _last_attempt()
    return (
        select(
            Payable,
            came_in.c.paid_cents,
            came_in.c.on_top_cents,
            went_back.c.refunded_cents,
            disputed.c.open_cents,
            disputed.c.lost_cents,
            last.c.id.label("attempt_id"),
            last.c.decline_code,
        )
        .join(named, and_(Payable.kind == named.c.kind, Payable.subject_id == named.c.subject_id))
        .join(came_in, true())
        .join(went_back, true())
        .join(disputed, true())
        .outerjoin(last, true())
        .where(Payable.organisation_id == COUNCIL)
        .options(lazyload(Payable.lines))
    )


def named(organisation_id: uuid.UUID, payables: Sequence[tuple[str, uuid.UUID]]) -> dict[str, Any]:
    """The values that name some payables to `standing`."""
    kinds, subject_ids = ([name[part] for name in payables] for part in (0, 1))
    return {"council": organisation_id, "kinds": kinds, "subject_ids": subject_ids}


def _came_in() -> LateralFromClause:
    """What pays it, and what came in on top for the way it was paid."""
    paid = func.coalesce(func.sum(Payment.amount_cents - Payment.surcharge_cents), 0).label("paid_cents")
    on_top = func.coalesce(func.sum(Payment.surcharge_cents), 0).label("on_top_cents")
    return _of_payable(select(paid, on_top), Payment.organisation_id, Payment.payable_id, "came_in", Payment.applied)


def _went_back() -> LateralFromClause:
    """What went back of the money that pays it."""
    refunded = func.coalesce(func.sum(Refund.amount_cents), 0).label("refunded_cents")
    of_payments = select(refunded).join(Payment, Payment.id == Refund.payment_id)
    conditions = (Refund.state == RefundState.SUCCEEDED, Payment.applied)
    return _of_payable(of_payments, Refund.organisation_id, Refund.payable_id, "went_back", *conditions)


def _disputed() -> LateralFromClause:
    """What a payer's bank is deciding about, and what one took back for good."""
    amount = func.sum(Dispute.amount_cents)
    undecided = func.coalesce(amount.filter(Dispute.state.in_(OPEN_DISPUTES)), 0).label("open_cents")
    lost = func.coalesce(amount.filter(Dispute.state == DisputeState.LOST), 0).label("lost_cents")
    return _of_payable(select(undecided, lost), Dispute.organisation_id, Dispute.payable_id, "disputed")


def _last_attempt() -> LateralFromClause:
    """The last time that somebody began to pay it online."""
    newest = select(PaymentAttempt.id, PaymentAttempt.decline_code).order_by(PaymentAttempt.id.desc()).limit(1)
    return _of_payable(newest, PaymentAttempt.organisation_id, PaymentAttempt.payable_id, "last_attempt")


def _of_payable(
    rows: Select[*tuple[Any, ...]],
    council: InstrumentedAttribute[uuid.UUID],
    payable: InstrumentedAttribute[Any],
    name: str,
    *conditions: Any,
) -> LateralFromClause:
    own = rows.where(council == COUNCIL, payable == Payable.id, *conditions)
    return own.correlate(Payable).lateral(name)
