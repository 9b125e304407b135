"""What should lie in a till: its float, and what went in and out since it was opened."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from banksia.foundation.payments.models import CounterMethod, TillSession
from banksia.foundation.payments.queries import tills as queries
from banksia.kit.database import organisation_id_of

Sums = dict[CounterMethod, int]
"""Cents by method; cash has the float in it."""


def expected_in(session: Session, found: Sequence[TillSession]) -> dict[uuid.UUID, Sums]:
    """What should lie in each session, in three queries for all of them.

    EFTPOS is what the terminal took, without what it gave back: its slips list the two apart.
    """
    organisation_id, ids = organisation_id_of(session), [each.id for each in found]
    sums: dict[uuid.UUID, Sums] = {
        each.id: {method: each.float_cents if method is CounterMethod.CASH else 0 for method in CounterMethod}
        for each in found
    }
    moves = (
        (queries.paid_in(organisation_id, ids), 1),
        (queries.paid_in_on_account(organisation_id, ids), 1),
        (queries.paid_out(organisation_id, ids), -1),
    )
    for statement, sign in moves:
        for session_id, method, cents in session.execute(statement) if ids else ():
            if session_id is not None:
                sums[session_id][CounterMethod(method)] += sign * int(cents)
    return sums


def cash_in(session: Session, found: TillSession) -> int:
    """The cash that should lie in one till, in cents."""
    return expected_in(session, [found])[found.id][CounterMethod.CASH]
