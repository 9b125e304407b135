"""Counters, tills and bankings over HTTP."""

import uuid
from typing import Literal

from fastapi import Response

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors.counter import (
    AlreadyAtTill,
    BankingChanged,
    BankingNotFound,
    ClerkNeeded,
    LocationNotFound,
    NameTaken,
    NothingToBank,
    NotToBank,
    NotYourTill,
    TillInUse,
    TillNotFound,
    TillSessionClosed,
    TillSessionNotFound,
    TillTakenAway,
    VarianceNeedsReason,
)
from banksia.foundation.payments.schemas.tills import (
    BankingCreate,
    BankingDetail,
    BankingRead,
    CurrentTill,
    LocationCreate,
    LocationRead,
    LocationUpdate,
    TakingRead,
    TillClose,
    TillCreate,
    TillOpen,
    TillRead,
    TillSessionRead,
    TillUpdate,
)
from banksia.foundation.payments.service import banking, till_reading, till_sessions
from banksia.foundation.payments.service import tills as service
from banksia.foundation.storage.public import content_disposition
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page

tills = Router()


@tills.get("/locations", permission=permissions.PAYMENTS_READ)
def list_locations(session: SessionDep, cursor: CursorParam = None, limit: LimitParam = 50) -> Page[LocationRead]:
    """The council's counters by name, those out of use among them."""
    return till_reading.location_page(session, cursor=cursor, limit=limit)


@tills.post("/locations", permission=permissions.TILLS_MANAGE, status_code=201, raises=[NameTaken])
def add_location(session: SessionDep, actor: ActorDep, body: LocationCreate) -> LocationRead:
    """Add a counter."""
    return LocationRead.model_validate(service.add_location(session, actor, name=body.name))


@tills.patch(
    "/locations/{location_id}",
    permission=permissions.TILLS_MANAGE,
    raises=[LocationNotFound, NameTaken, TillInUse],
)
def update_location(session: SessionDep, actor: ActorDep, location_id: uuid.UUID, body: LocationUpdate) -> LocationRead:
    """Rename a counter, take it out of use or bring it back."""
    changed = service.update_location(session, actor, location_id=location_id, name=body.name, closed=body.closed)
    return LocationRead.model_validate(changed)


@tills.get("/tills", permission=permissions.PAYMENTS_READ)
def list_tills(
    session: SessionDep,
    location_id: uuid.UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[TillRead]:
    """The tills by name, and who has each open."""
    return till_reading.till_page(session, location_id=location_id, cursor=cursor, limit=limit)


@tills.post("/tills", permission=permissions.TILLS_MANAGE, status_code=201, raises=[LocationNotFound, NameTaken])
def add_till(session: SessionDep, actor: ActorDep, body: TillCreate) -> TillRead:
    """Add a till to a counter; from the first one on, counter money goes through tills."""
    till = service.add_till(session, actor, location_id=body.location_id, name=body.name)
    return till_reading.till_reads(session, [till])[0]


@tills.patch("/tills/{till_id}", permission=permissions.TILLS_MANAGE, raises=[TillNotFound, NameTaken, TillInUse])
def update_till(session: SessionDep, actor: ActorDep, till_id: uuid.UUID, body: TillUpdate) -> TillRead:
    """Rename a till, take it out of use or bring it back."""
    till = service.update_till(session, actor, till_id=till_id, name=body.name, closed=body.closed)
    return till_reading.till_reads(session, [till])[0]


@tills.get("/current-till", permission=permissions.PAYMENTS_READ)
def read_current_till(session: SessionDep, actor: ActorDep) -> CurrentTill:
    """The till that you have open, with what should lie in it."""
    return till_reading.current_till(session, actor)


@tills.get("/till-sessions", permission=permissions.PAYMENTS_READ)
def list_till_sessions(
    session: SessionDep,
    *,
    state: Literal["open", "closed"] | None = None,
    location_id: uuid.UUID | None = None,
    unbanked: bool = False,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[TillSessionRead]:
    """Till sessions, the latest first; `unbanked` are those that wait to be taken to the bank."""
    return till_reading.session_page(
        session, state=state, location_id=location_id, unbanked=unbanked, cursor=cursor, limit=limit
    )


@tills.post(
    "/till-sessions",
    permission=permissions.COUNTER_TAKE,
    status_code=201,
    raises=[TillNotFound, TillTakenAway, TillInUse, AlreadyAtTill, ClerkNeeded],
)
def open_till(session: SessionDep, actor: ActorDep, body: TillOpen) -> TillSessionRead:
    """Open a till with its float."""
    opened = till_sessions.open_till(session, actor, till_id=body.till_id, float_cents=body.float_cents)
    return till_reading.session_reads(session, [opened])[0]


@tills.get("/till-sessions/{session_id}", permission=permissions.PAYMENTS_READ, raises=[TillSessionNotFound])
def read_till_session(session: SessionDep, session_id: uuid.UUID) -> TillSessionRead:
    """One session with what should lie in the till and what was counted."""
    return till_reading.session_read(session, session_id=session_id)


@tills.get("/till-sessions/{session_id}/takings", permission=permissions.PAYMENTS_READ, raises=[TillSessionNotFound])
def list_takings(
    session: SessionDep, session_id: uuid.UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[TakingRead]:
    """What went into a till and came out of it, the latest first."""
    return till_reading.taking_page(session, session_id=session_id, cursor=cursor, limit=limit)


@tills.post(
    "/till-sessions/{session_id}/close",
    permission=permissions.COUNTER_TAKE,
    raises=[TillSessionNotFound, TillSessionClosed, NotYourTill, VarianceNeedsReason],
)
def close_till(session: SessionDep, actor: ActorDep, session_id: uuid.UUID, body: TillClose) -> TillSessionRead:
    """Close your till with a count, or as a supervisor somebody else's."""
    counted = till_sessions.Counted(body.cash_cents, body.eftpos_cents, body.cheque_cents)
    closed = till_sessions.close_till(
        session, actor, session_id=session_id, counted=counted, variance_reason=body.variance_reason
    )
    return till_reading.session_reads(session, [closed])[0]


@tills.get("/bankings", permission=permissions.PAYMENTS_READ)
def list_bankings(session: SessionDep, cursor: CursorParam = None, limit: LimitParam = 50) -> Page[BankingRead]:
    """Bags taken to the bank, the latest first."""
    return till_reading.banking_page(session, cursor=cursor, limit=limit)


@tills.post(
    "/bankings",
    permission=permissions.TILLS_SUPERVISE,
    status_code=201,
    raises=[LocationNotFound, NotToBank, BankingChanged, NothingToBank],
)
def bank_sessions(session: SessionDep, actor: ActorDep, body: BankingCreate) -> BankingDetail:
    """Take closed tills of one counter to the bank in one bag."""
    bag = banking.bank_sessions(session, actor, **body.model_dump())
    return till_reading.banking_detail(session, banking_id=bag.id)


@tills.get("/bankings/{banking_id}", permission=permissions.PAYMENTS_READ, raises=[BankingNotFound])
def read_banking(session: SessionDep, banking_id: uuid.UUID) -> BankingDetail:
    """One bag with the tills that it came from and its cheques."""
    return till_reading.banking_detail(session, banking_id=banking_id)


@tills.get(
    "/bankings/{banking_id}/csv",
    permission=permissions.PAYMENTS_READ,
    raises=[BankingNotFound],
    response_class=Response,
)
def download_banking(session: SessionDep, banking_id: uuid.UUID) -> Response:
    """One bag as CSV: a line for the cash of each till and one for each cheque."""
    name, content = banking.banking_csv(session, banking_id=banking_id)
    headers = {"Content-Disposition": content_disposition("attachment", name)}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
