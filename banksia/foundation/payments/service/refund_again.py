"""Sending back once more what a refund that failed did not give back, and no more than that."""

import uuid
from dataclasses import replace

from sqlalchemy.orm import Session

from banksia.foundation.payments.errors import NothingToRefund, ResolutionNotPossible
from banksia.foundation.payments.models import Payable, Payment, Refund, RefundLine
from banksia.foundation.payments.queries import refunds as queries
from banksia.foundation.payments.service.refund_outcomes import refund_with_id
from banksia.foundation.payments.service.refund_sharing import lines_left, part_again
from banksia.foundation.payments.service.refunding import RefundWish
from banksia.kit.words import dollars


def once_more(session: Session, owed: Payable, payment: Payment, failed_id: uuid.UUID, wish: RefundWish) -> RefundWish:
    """The wish with the amount and the lines of the refund that failed; call it under the payable's lock.

    Raises NothingToRefund, and ResolutionNotPossible when the same money may have been asked for since.
    """
    failed = refund_with_id(session, failed_id)
    lines = queries.refund_lines_of(owed.organisation_id).where(RefundLine.refund_id == failed.id)
    rows = session.scalars(lines.order_by(RefundLine.id)).all()
    _refuse_twice(session, payment, failed, [row.payable_line_id for row in rows])
    left = lines_left(session, owed)
    amount_cents, again = part_again(failed.amount_cents, rows, wish.seen_available_cents, left)
    if amount_cents <= 0:
        raise NothingToRefund(owed.reference)
    return replace(wish, amount_cents=amount_cents, lines=again)


def _refuse_twice(session: Session, payment: Payment, failed: Refund, line_ids: list[uuid.UUID]) -> None:
    """Refuse while a refund stands that was asked for after the failure and gives back one of the same lines."""
    since = failed.finished_at or failed.created_at
    asked = session.scalars(queries.asked_since(payment, since, line_ids)).all()
    if asked:
        cents = dollars(sum(each.amount_cents for each in asked))
        message = (
            f"Since this refund failed, {asked[-1].requested_by_name} asked for {cents} to go back. If that is the "
            "same money, close this case without moving money. If it is not, refund it on the page of the payment."
        )
        raise ResolutionNotPossible(message)
