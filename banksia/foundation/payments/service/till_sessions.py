"""A clerk's time at a till: opened with a float, closed with a count, and a reason for whatever differs."""

import uuid
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors.counter import (
    AlreadyAtTill,
    ClerkNeeded,
    NotYourTill,
    TillInUse,
    TillSessionClosed,
    TillSessionNotFound,
    TillTakenAway,
    VarianceNeedsReason,
)
from banksia.foundation.payments.models import CounterMethod, Location, TillCount, TillSession, TillState
from banksia.foundation.payments.queries import tills as queries
from banksia.foundation.payments.service.till_sums import Sums, expected_in
from banksia.foundation.payments.service.till_taking import till_name
from banksia.foundation.payments.service.tills import locked_till
from banksia.foundation.payments.service.transitions import move_till
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

WORDS = {CounterMethod.CASH: "Cash", CounterMethod.EFTPOS: "EFTPOS", CounterMethod.CHEQUE: "Cheques"}


@dataclass(frozen=True)
class Counted:
    """What a clerk counted, in cents."""

    cash_cents: int
    """Notes and coins, with the float."""
    eftpos_cents: int
    """What the terminal's slips say it took."""
    cheque_cents: int

    def of(self, method: CounterMethod) -> int:
        """What was counted of one method."""
        by_method = {
            CounterMethod.CASH: self.cash_cents,
            CounterMethod.EFTPOS: self.eftpos_cents,
            CounterMethod.CHEQUE: self.cheque_cents,
        }
        return by_method[method]


def open_till(session: Session, actor: Actor, *, till_id: uuid.UUID, float_cents: int) -> TillSession:
    """Open a till with a float in cents: one clerk at a till, and one till for a clerk.

    Raises TillNotFound, TillTakenAway, TillInUse, AlreadyAtTill, ClerkNeeded.
    """
    if actor.user_id is None:
        raise ClerkNeeded
    till = locked_till(session, till_id)
    location = session.get_one(Location, till.location_id)
    if till.closed_at is not None or location.closed_at is not None:
        raise TillTakenAway(till.name)
    sessions = queries.open_sessions(till.organisation_id)
    at_till = session.scalar(sessions.where(TillSession.till_id == till.id))
    if at_till is not None and at_till.cashier_id != actor.user_id:
        raise TillInUse(till.name, at_till.cashier_name)
    # The database lets one through when a clerk opens two tills at once.
    opened_id = session.scalar(
        insert(TillSession)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=till.organisation_id,
            till_id=till.id,
            cashier_id=actor.user_id,
            cashier_name=actor.name,
            state=TillState.OPEN.value,
            float_cents=float_cents,
            opened_at=utc_now(),
        )
        .on_conflict_do_nothing()
        .returning(TillSession.id)
    )
    if opened_id is None:
        mine = session.scalar(sessions.where(TillSession.cashier_id == actor.user_id))
        raise AlreadyAtTill(till_name(session, mine) if mine else till.name)
    opened = session.scalars(sessions.where(TillSession.id == opened_id)).one()
    audit.record(session, actor, "payments.till_opened", subject=opened, detail={"float_cents": float_cents})
    return opened


def close_till(
    session: Session,
    actor: Actor,
    *,
    session_id: uuid.UUID,
    counted: Counted,
    variance_reason: str | None = None,
) -> TillSession:
    """Close a till with what was counted, against what should be there at this moment.

    It waits for a payment that is being taken into it, and counts it. Raises TillSessionNotFound, TillSessionClosed,
    NotYourTill, VarianceNeedsReason (when any method differs, also when the differences cancel out).
    """
    found = locked_session(session, session_id)
    if found.state == TillState.CLOSED:
        raise TillSessionClosed(found.closed_by_name or "Somebody")
    if found.cashier_id != actor.user_id and not actor.may(permissions.TILLS_SUPERVISE):
        raise NotYourTill(found.cashier_name)
    expected = expected_in(session, [found])[found.id]
    differences = _differences(expected, counted)
    if differences and not variance_reason:
        raise VarianceNeedsReason({WORDS[method]: cents for method, cents in differences.items()})
    for method in CounterMethod:
        session.add(_count(found, method, expected[method], counted.of(method)))
    move_till(found, TillState.CLOSED)
    found.closed_at, found.closed_by, found.closed_by_name = utc_now(), actor.user_id, actor.name
    found.variance_cents, found.variance_reason = sum(differences.values()), variance_reason or None
    session.flush()
    audit.record(
        session,
        actor,
        "payments.till_closed",
        subject=found,
        detail={"variance_cents": found.variance_cents, "reason": found.variance_reason},
    )
    return found


def locked_session(session: Session, session_id: uuid.UUID) -> TillSession:
    """The session, locked until the transaction ends. Raises TillSessionNotFound."""
    statement = queries.sessions_of(organisation_id_of(session)).where(TillSession.id == session_id)
    found = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise TillSessionNotFound
    return found


def _differences(expected: Sums, counted: Counted) -> Sums:
    differences = {method: counted.of(method) - expected[method] for method in CounterMethod}
    return {method: cents for method, cents in differences.items() if cents}


def _count(found: TillSession, method: CounterMethod, expected_cents: int, counted_cents: int) -> TillCount:
    return TillCount(
        id=new_id(),
        organisation_id=found.organisation_id,
        session_id=found.id,
        method=method.value,
        expected_cents=expected_cents,
        counted_cents=counted_cents,
    )
