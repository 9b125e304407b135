"""Which till the money of a clerk lies in: every movement at a counter happens under the lock of its session."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.payments.errors.counter import NotEnoughInTill, TillNotOpen
from banksia.foundation.payments.models import Method, Refund, Till, TillSession
from banksia.foundation.payments.queries import tills as queries
from banksia.foundation.payments.service.till_sums import cash_in
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of

CASH = "cash"


def till_to_take_into(session: Session, actor: Actor) -> TillSession | None:
    """The clerk's open session, locked until the transaction ends, so that nobody closes it meanwhile.

    None at a council that has no tills. Take the locks of payable and account first. Raises TillNotOpen.
    """
    found = open_session_of(session, actor.user_id)
    if found is None and uses_tills(session):
        raise TillNotOpen
    return found


def uses_tills(session: Session) -> bool:
    """Whether money at the counter goes through tills: the council has one that can be opened."""
    in_use = queries.tills_in_use(organisation_id_of(session)).with_only_columns(Till.id).limit(1)
    return session.scalar(in_use) is not None


def take_out_of_till(session: Session, actor: Actor, wanted: Refund) -> None:
    """Let a counter refund that goes back in cash come out of an open till; call it just before it succeeds.

    It is the till of whoever asked for it, who has the customer before them, and failing that of whoever approves it.
    Money that was taken by another method and is said to go back as cash comes out of the till too; what was charged
    to an account goes back to the account, whatever is said. Raises TillNotOpen, NotEnoughInTill.
    """
    if wanted.method == Method.ACCOUNT:
        return
    if wanted.method != CASH and (wanted.reference or "").strip().lower() != CASH:
        return
    wanted.method = CASH
    found = open_session_of(session, wanted.requested_by) or till_to_take_into(session, actor)
    if found is None:
        return
    session.flush()
    holds_cents = cash_in(session, found)
    if holds_cents < wanted.amount_cents:
        raise NotEnoughInTill(till_name(session, found), holds_cents, wanted.amount_cents)
    wanted.till_session_id = found.id


def till_name(session: Session, found: TillSession) -> str:
    """What the till of a session is called."""
    till = queries.tills_of(found.organisation_id).where(Till.id == found.till_id)
    return session.scalars(till.with_only_columns(Till.name)).one()


def open_session_of(session: Session, cashier_id: uuid.UUID | None) -> TillSession | None:
    """The session that somebody has open, locked until the transaction ends; None when they have none."""
    if cashier_id is None:
        return None
    statement = queries.open_sessions(organisation_id_of(session)).where(TillSession.cashier_id == cashier_id)
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))
