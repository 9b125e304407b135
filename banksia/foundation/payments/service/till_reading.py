"""Tills, their sessions, bankings and waivers as staff read them: each page in a fixed number of queries."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.errors.counter import TillSessionNotFound
from banksia.foundation.payments.models import (
    AccountPayment,
    Banking,
    CounterMethod,
    LedgerEntry,
    Location,
    Payable,
    Payment,
    Till,
    TillSession,
    TillState,
    Waiver,
)
from banksia.foundation.payments.queries import tills as till_queries
from banksia.foundation.payments.queries.accounts import account_payments_of
from banksia.foundation.payments.schemas.tills import (
    BankingDetail,
    BankingRead,
    ChequeRead,
    CurrentTill,
    LocationRead,
    TakingRead,
    TillRead,
    TillSessionRead,
    TillSumRead,
    WaiverRead,
)
from banksia.foundation.payments.service.banking import banking_with_id, cheques_of
from banksia.foundation.payments.service.till_sums import expected_in
from banksia.foundation.payments.service.till_taking import uses_tills
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page


def location_page(session: Session, *, cursor: str | None, limit: int) -> Page[LocationRead]:
    """The counters by name."""
    locations = till_queries.locations_of(organisation_id_of(session))
    keys = [Key(Location.name, "name"), Key(Location.id, "id")]
    rows, following = page_of(session, locations, keys=keys, limit=limit, cursor=cursor)
    return Page(results=[LocationRead.model_validate(row) for row in rows], next_cursor=following)


def till_page(session: Session, *, location_id: uuid.UUID | None, cursor: str | None, limit: int) -> Page[TillRead]:
    """The tills by name, each with who has it open."""
    tills = till_queries.tills_of(organisation_id_of(session))
    if location_id is not None:
        tills = tills.where(Till.location_id == location_id)
    keys = [Key(Till.name, "name"), Key(Till.id, "id")]
    rows, following = page_of(session, tills, keys=keys, limit=limit, cursor=cursor)
    return Page(results=till_reads(session, rows), next_cursor=following)


def till_reads(session: Session, tills: Sequence[Till]) -> list[TillRead]:
    """Tills with their counters and who has them open, in two further queries."""
    locations = _locations(session)
    ids = [till.id for till in tills]
    opened = till_queries.open_sessions(organisation_id_of(session)).where(TillSession.till_id.in_(ids))
    open_at = {found.till_id: found for found in session.scalars(opened)}
    return [_till_read(till, locations[till.location_id], open_at.get(till.id)) for till in tills]


def _till_read(till: Till, location: Location, found: TillSession | None) -> TillRead:
    return TillRead(
        id=till.id,
        location_id=location.id,
        location_name=location.name,
        name=till.name,
        closed_at=till.closed_at,
        usable=till.closed_at is None and location.closed_at is None,
        session_id=found.id if found else None,
        cashier_name=found.cashier_name if found else None,
    )


def current_till(session: Session, actor: Actor) -> CurrentTill:
    """The till that a clerk has open, with the cash in it, and whether one is needed at all."""
    sessions = till_queries.open_sessions(organisation_id_of(session))
    mine = list(session.scalars(sessions.where(TillSession.cashier_id == actor.user_id))) if actor.user_id else []
    reads = session_reads(session, mine)
    return CurrentTill(required=uses_tills(session), session=reads[0] if reads else None)


def session_page(
    session: Session,
    *,
    state: str | None,
    location_id: uuid.UUID | None,
    unbanked: bool,
    cursor: str | None,
    limit: int,
) -> Page[TillSessionRead]:
    """Till sessions, the latest first."""
    found = till_queries.sessions_of(organisation_id_of(session))
    if state is not None:
        found = found.where(TillSession.state == state)
    if unbanked:
        found = found.where(TillSession.state == TillState.CLOSED, TillSession.banking_id.is_(None))
    if location_id is not None:
        found = found.join(Till, Till.id == TillSession.till_id).where(Till.location_id == location_id)
    keys = [Key(TillSession.id, "id", descending=True)]
    rows, following = page_of(session, found, keys=keys, limit=limit, cursor=cursor)
    return Page(results=session_reads(session, rows), next_cursor=following)


def session_read(session: Session, *, session_id: uuid.UUID) -> TillSessionRead:
    """One session with its sums. Raises TillSessionNotFound."""
    return session_reads(session, [_found(session, session_id)])[0]


def _found(session: Session, session_id: uuid.UUID) -> TillSession:
    statement = till_queries.sessions_of(organisation_id_of(session)).where(TillSession.id == session_id)
    found = session.scalar(statement)
    if found is None:
        raise TillSessionNotFound
    return found


def session_reads(session: Session, found: Sequence[TillSession]) -> list[TillSessionRead]:
    """Sessions with their sums: what should be there now, or what should have been when they were closed."""
    organisation_id, ids = organisation_id_of(session), [each.id for each in found]
    locations = _locations(session)
    till_ids = {each.till_id for each in found}
    tills = {
        till.id: till for till in session.scalars(till_queries.tills_of(organisation_id).where(Till.id.in_(till_ids)))
    }
    counts = {
        (count.session_id, count.method): count
        for count in session.scalars(till_queries.counts_of(organisation_id, ids))
    }
    expected = expected_in(session, [each for each in found if each.state == TillState.OPEN])
    reads = []
    for each in found:
        sums = []
        for method in CounterMethod:
            count = counts.get((each.id, method.value))
            sums.append(
                TillSumRead(
                    method=method.value,
                    expected_cents=count.expected_cents if count else expected[each.id][method],
                    counted_cents=count.counted_cents if count else None,
                )
            )
        till = tills[each.till_id]
        reads.append(_session_read(each, till, locations[till.location_id], sums))
    return reads


def _session_read(found: TillSession, till: Till, location: Location, sums: list[TillSumRead]) -> TillSessionRead:
    return TillSessionRead.of(
        found, till_name=till.name, location_id=location.id, location_name=location.name, sums=sums
    )


def taking_page(session: Session, *, session_id: uuid.UUID, cursor: str | None, limit: int) -> Page[TakingRead]:
    """What went into a till and came out of it, the latest first, in four queries. Raises TillSessionNotFound."""
    organisation_id = _found(session, session_id).organisation_id
    entries = till_queries.takings_of(organisation_id, session_id)
    keys = [Key(LedgerEntry.id, "id", descending=True)]
    rows, following = page_of(session, entries, keys=keys, limit=limit, cursor=cursor)
    ids = [entry.source_id for entry in rows]
    sources: dict[uuid.UUID, Payment | AccountPayment] = {
        each.id: each for each in session.scalars(queries.payments_of(organisation_id).where(Payment.id.in_(ids)))
    }
    towards = account_payments_of(organisation_id).where(AccountPayment.id.in_(ids))
    sources |= {each.id: each for each in session.scalars(towards)}
    return Page(results=[_taking(entry, sources.get(entry.source_id)) for entry in rows], next_cursor=following)


def _taking(entry: LedgerEntry, source: Payment | AccountPayment | None) -> TakingRead:
    detail = [source.reference, source.drawer] if source else [entry.provider_id]
    return TakingRead.of(
        entry,
        change_cents=source.change_cents if source else 0,
        detail=", ".join(each for each in detail if each),
        dishonoured=bool(source and source.dishonoured_at),
    )


def banking_page(session: Session, *, cursor: str | None, limit: int) -> Page[BankingRead]:
    """Bags taken to the bank, the latest first."""
    keys = [Key(Banking.id, "id", descending=True)]
    bankings = till_queries.bankings_of(organisation_id_of(session))
    rows, following = page_of(session, bankings, keys=keys, limit=limit, cursor=cursor)
    locations = _locations(session)
    results = [BankingRead.of(row, **_banking_facts(row, locations[row.location_id])) for row in rows]
    return Page(results=results, next_cursor=following)


def banking_detail(session: Session, *, banking_id: uuid.UUID) -> BankingDetail:
    """One bag with its tills and cheques. Raises BankingNotFound."""
    banking = banking_with_id(session, banking_id)
    statement = till_queries.sessions_of(banking.organisation_id).where(TillSession.banking_id == banking.id)
    found = list(session.scalars(statement.order_by(TillSession.id)))
    cheques = cheques_of(session, [each.id for each in found])
    return BankingDetail.of(
        banking,
        **_banking_facts(banking, _locations(session)[banking.location_id]),
        sessions=session_reads(session, found),
        cheques=[ChequeRead.model_validate(cheque) for cheque in cheques],
    )


def _banking_facts(banking: Banking, location: Location) -> dict[str, Any]:
    return {"location_name": location.name, "total_cents": banking.cash_cents + banking.cheque_cents}


def waiver_page(
    session: Session, *, state: str | None, payable_id: uuid.UUID | None, cursor: str | None, limit: int
) -> Page[WaiverRead]:
    """Waivers, the latest first."""
    waivers = till_queries.waivers_of(organisation_id_of(session))
    if state is not None:
        waivers = waivers.where(Waiver.state == state)
    if payable_id is not None:
        waivers = waivers.where(Waiver.payable_id == payable_id)
    keys = [Key(Waiver.id, "id", descending=True)]
    rows, following = page_of(session, waivers, keys=keys, limit=limit, cursor=cursor)
    return Page(results=waiver_reads(session, rows), next_cursor=following)


def waiver_reads(session: Session, waivers: Sequence[Waiver]) -> list[WaiverRead]:
    """Waivers with what they are about, in one further query."""
    ids = {waiver.payable_id for waiver in waivers}
    statement = queries.payables_for_lists(organisation_id_of(session), ids)
    payables = {owed.id: owed for owed in session.scalars(statement)}
    return [_waiver_read(waiver, payables[waiver.payable_id]) for waiver in waivers]


def _waiver_read(waiver: Waiver, owed: Payable) -> WaiverRead:
    return WaiverRead.of(waiver, reference=owed.reference, title=owed.title, payer_name=owed.payer_name)


def _locations(session: Session) -> dict[uuid.UUID, Location]:
    """Every counter of the council by its id: there are few."""
    return {each.id: each for each in session.scalars(till_queries.locations_of(organisation_id_of(session)))}
