"""Taking closed tills to the bank: one bag for the counted cash without the floats, and the cheques."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_zone
from banksia.foundation.payments.errors.counter import (
    BankingChanged,
    BankingNotFound,
    LocationNotFound,
    NothingToBank,
    NotToBank,
)
from banksia.foundation.payments.models import (
    Banking,
    CounterMethod,
    Location,
    Till,
    TillSession,
    TillState,
)
from banksia.foundation.payments.queries import payables_for_lists
from banksia.foundation.payments.queries import tills as queries
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.csv_words import plain, spreadsheet_text
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.words import harmless

CSV_COLUMNS = ("line", "date", "counter", "till", "clerk", "reference", "drawer", "for", "amount")


@dataclass(frozen=True)
class Cheque:
    """One cheque in a bag, in cents."""

    session_id: uuid.UUID
    number: str
    drawer: str
    paid_for: str
    amount_cents: int
    dishonoured_at: datetime | None


def bank_sessions(
    session: Session,
    actor: Actor,
    *,
    location_id: uuid.UUID,
    reference: str,
    session_ids: Sequence[uuid.UUID],
    seen_total_cents: int,
) -> Banking:
    """Put closed till sessions of one counter into one bag; each is banked once.

    `seen_total_cents` is the sum that the person saw. Raises LocationNotFound, NotToBank, BankingChanged,
    NothingToBank.
    """
    organisation_id = organisation_id_of(session)
    found = _locked_to_bank(session, location_id, set(session_ids))
    cash_cents, cheque_cents = _to_bank(session, found)
    if cash_cents + cheque_cents != seen_total_cents:
        raise BankingChanged(seen_total_cents, cash_cents + cheque_cents)
    if cash_cents < 0 or cash_cents + cheque_cents == 0:
        raise NothingToBank
    banking = Banking(
        id=new_id(),
        organisation_id=organisation_id,
        location_id=location_id,
        reference=reference,
        cash_cents=cash_cents,
        cheque_cents=cheque_cents,
        banked_by=actor.user_id,
        banked_by_name=actor.name,
        banked_at=utc_now(),
    )
    session.add(banking)
    session.flush()
    for each in found:
        each.banking_id = banking.id
    detail = {"reference": reference, "cash_cents": cash_cents, "cheque_cents": cheque_cents}
    audit.record(session, actor, "payments.takings_banked", subject=banking, detail=detail)
    session.flush()
    return banking


def _locked_to_bank(session: Session, location_id: uuid.UUID, wanted: set[uuid.UUID]) -> list[TillSession]:
    """The closed, unbanked sessions of one counter, locked until the transaction ends, always in the same order."""
    organisation_id = organisation_id_of(session)
    if session.scalar(queries.locations_of(organisation_id).where(Location.id == location_id)) is None:
        raise LocationNotFound
    statement = (
        queries.sessions_of(organisation_id)
        .join(Till, Till.id == TillSession.till_id)
        .where(TillSession.id.in_(wanted), Till.location_id == location_id)
        .order_by(TillSession.id)
        .with_for_update(of=TillSession)
    )
    found = list(session.scalars(statement.execution_options(populate_existing=True)))
    if len(found) != len(wanted) or any(each.state != TillState.CLOSED or each.banking_id for each in found):
        raise NotToBank
    return found


def _to_bank(session: Session, found: Sequence[TillSession]) -> tuple[int, int]:
    """The counted cash without the floats, and the counted cheques."""
    counts = list(session.scalars(queries.counts_of(organisation_id_of(session), [each.id for each in found])))
    cash_cents = sum(count.counted_cents for count in counts if count.method == CounterMethod.CASH)
    cheque_cents = sum(count.counted_cents for count in counts if count.method == CounterMethod.CHEQUE)
    return cash_cents - sum(each.float_cents for each in found), cheque_cents


def banking_with_id(session: Session, banking_id: uuid.UUID) -> Banking:
    """One bag. Raises BankingNotFound."""
    banking = session.scalar(queries.bankings_of(organisation_id_of(session)).where(Banking.id == banking_id))
    if banking is None:
        raise BankingNotFound
    return banking


def cheques_of(session: Session, session_ids: Sequence[uuid.UUID]) -> list[Cheque]:
    """The cheques in some sessions, with what each is for, in three queries."""
    organisation_id = organisation_id_of(session)
    payments = list(session.scalars(queries.cheques_in(organisation_id, session_ids)))
    paid = payables_for_lists(organisation_id, [each.payable_id for each in payments])
    references = {owed.id: owed.reference for owed in session.scalars(paid)} if payments else {}
    towards_accounts = session.scalars(queries.account_cheques_in(organisation_id, session_ids))
    rows = [(each, references[each.payable_id]) for each in payments] + [(each, "Account") for each in towards_accounts]
    return [
        Cheque(
            session_id=each.till_session_id or each.id,
            number=each.reference or "",
            drawer=each.drawer or "",
            paid_for=words,
            amount_cents=each.amount_cents,
            dishonoured_at=each.dishonoured_at,
        )
        for each, words in rows
    ]


def banking_csv(session: Session, *, banking_id: uuid.UUID) -> tuple[str, str]:
    """The name and the content of a bag's file for the finance system; docs/guides/counter.md has its layout."""
    banking = banking_with_id(session, banking_id)
    organisation_id = banking.organisation_id
    location = session.get_one(Location, banking.location_id)
    found = list(
        session.scalars(
            queries.sessions_of(organisation_id).where(TillSession.banking_id == banking.id).order_by(TillSession.id)
        )
    )
    till_ids = [each.till_id for each in found]
    tills = {
        till.id: till.name for till in session.scalars(queries.tills_of(organisation_id).where(Till.id.in_(till_ids)))
    }
    ids = [each.id for each in found]
    cash = {
        count.session_id: count.counted_cents
        for count in session.scalars(queries.counts_of(organisation_id, ids))
        if count.method == CounterMethod.CASH
    }
    zone = council_zone(session)
    by_session = {each.id: each for each in found}
    rows = [
        _row("cash", each, zone, location.name, tills, (banking.reference, "", ""), cash[each.id] - each.float_cents)
        for each in found
    ]
    for cheque in cheques_of(session, ids):
        words = (cheque.number, cheque.drawer, cheque.paid_for)
        each = by_session[cheque.session_id]
        rows.append(_row("cheque", each, zone, location.name, tills, words, cheque.amount_cents))
    return f"Banking {banking.reference}.csv", spreadsheet_text([CSV_COLUMNS, *rows])


def _row(
    line: str,
    found: TillSession,
    zone: ZoneInfo,
    location: str,
    tills: dict[uuid.UUID, str],
    words: tuple[str, str, str],
    amount_cents: int,
) -> list[str]:
    """One line; a text that a spreadsheet would take for a formula is led in by an apostrophe."""
    day = (found.closed_at or found.opened_at).astimezone(zone).date().isoformat()
    texts = [location, tills[found.till_id], found.cashier_name, *words]
    return [line, day, *(harmless(each) for each in texts), plain(amount_cents)]
