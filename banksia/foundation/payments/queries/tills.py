"""Every SELECT of tills, their sessions and what is taken to the bank, scoped to one organisation."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from banksia.foundation.payments import queries
from banksia.foundation.payments.models import (
    AccountPayment,
    Banking,
    LedgerEntry,
    Location,
    Payment,
    Refund,
    RefundState,
    Till,
    TillCount,
    TillSession,
    TillState,
    Waiver,
)
from banksia.foundation.payments.queries.accounts import account_payments_of
from banksia.kit.among import among

TAKINGS = ("counter_taking", "account_payment", "refund")
"""The entries of the ledger that put something into a till or take it out; each has one payment or refund."""


def locations_of(organisation_id: uuid.UUID) -> Select[Location]:
    """The counters of one organisation."""
    return select(Location).where(Location.organisation_id == organisation_id)


def tills_of(organisation_id: uuid.UUID) -> Select[Till]:
    """The tills of one organisation."""
    return select(Till).where(Till.organisation_id == organisation_id)


def tills_in_use(organisation_id: uuid.UUID) -> Select[Till]:
    """Tills that can be opened: while there is one, money at the counter goes through tills."""
    return (
        tills_of(organisation_id)
        .join(Location, Location.id == Till.location_id)
        .where(Till.closed_at.is_(None), Location.closed_at.is_(None))
    )


def sessions_of(organisation_id: uuid.UUID) -> Select[TillSession]:
    """The till sessions of one organisation."""
    return select(TillSession).where(TillSession.organisation_id == organisation_id)


def open_sessions(organisation_id: uuid.UUID) -> Select[TillSession]:
    """Tills that a clerk has open."""
    return sessions_of(organisation_id).where(TillSession.state == TillState.OPEN)


def counts_of(organisation_id: uuid.UUID, session_ids: Sequence[uuid.UUID]) -> Select[TillCount]:
    """What was counted when sessions were closed."""
    return select(TillCount).where(
        TillCount.organisation_id == organisation_id, among(TillCount.session_id, session_ids)
    )


def paid_in(organisation_id: uuid.UUID, session_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID | None, str, int]:
    """What was paid into each session by method, in cents; a cheque that came back later lay there all the same."""
    return (
        queries.payments_of(organisation_id)
        .where(among(Payment.till_session_id, session_ids))
        .with_only_columns(Payment.till_session_id, Payment.method, func.sum(Payment.amount_cents))
        .group_by(Payment.till_session_id, Payment.method)
    )


def paid_in_on_account(
    organisation_id: uuid.UUID, session_ids: Sequence[uuid.UUID]
) -> Select[uuid.UUID | None, str, int]:
    """What firms paid into each session towards their accounts, by method, in cents."""
    return (
        account_payments_of(organisation_id)
        .where(among(AccountPayment.till_session_id, session_ids))
        .with_only_columns(AccountPayment.till_session_id, AccountPayment.method, func.sum(AccountPayment.amount_cents))
        .group_by(AccountPayment.till_session_id, AccountPayment.method)
    )


def paid_out(organisation_id: uuid.UUID, session_ids: Sequence[uuid.UUID]) -> Select[uuid.UUID | None, str, int]:
    """What came out of each session for refunds, by method, in cents."""
    return (
        queries.refunds_of(organisation_id)
        .where(among(Refund.till_session_id, session_ids), Refund.state == RefundState.SUCCEEDED)
        .with_only_columns(Refund.till_session_id, Refund.method, func.sum(Refund.amount_cents))
        .group_by(Refund.till_session_id, Refund.method)
    )


def takings_of(organisation_id: uuid.UUID, session_id: uuid.UUID) -> Select[LedgerEntry]:
    """The entries of the ledger for what went into one session and came out of it."""
    sources = (
        queries.payments_of(organisation_id).where(Payment.till_session_id == session_id).with_only_columns(Payment.id),
        account_payments_of(organisation_id)
        .where(AccountPayment.till_session_id == session_id)
        .with_only_columns(AccountPayment.id),
        queries.refunds_of(organisation_id)
        .where(Refund.till_session_id == session_id, Refund.state == RefundState.SUCCEEDED)
        .with_only_columns(Refund.id),
    )
    first, *others = sources
    return queries.ledger_of(organisation_id).where(
        LedgerEntry.kind.in_(TAKINGS), LedgerEntry.source_id.in_(first.union_all(*others))
    )


def bankings_of(organisation_id: uuid.UUID) -> Select[Banking]:
    """What one organisation took to the bank."""
    return select(Banking).where(Banking.organisation_id == organisation_id)


def cheques_in(organisation_id: uuid.UUID, session_ids: Sequence[uuid.UUID]) -> Select[Payment]:
    """The cheques that paid for something in some sessions."""
    return (
        queries.payments_of(organisation_id)
        .where(among(Payment.till_session_id, session_ids), Payment.method == "cheque")
        .order_by(Payment.id)
    )


def account_cheques_in(organisation_id: uuid.UUID, session_ids: Sequence[uuid.UUID]) -> Select[AccountPayment]:
    """The cheques that firms paid with towards their accounts."""
    return (
        account_payments_of(organisation_id)
        .where(among(AccountPayment.till_session_id, session_ids), AccountPayment.method == "cheque")
        .order_by(AccountPayment.id)
    )


def waivers_of(organisation_id: uuid.UUID) -> Select[Waiver]:
    """The waivers of one organisation."""
    return select(Waiver).where(Waiver.organisation_id == organisation_id)
