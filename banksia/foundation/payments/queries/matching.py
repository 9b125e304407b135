"""SELECTs of how the provider's books fit our ledger: pairs, what is left over on either side, and fees."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlalchemy.sql import Subquery

from banksia.foundation.payments.models import (
    LedgerEntry,
    Payout,
    ProviderTransaction,
    Refund,
    RefundState,
    ReviewCase,
    ReviewKind,
)
from banksia.foundation.payments.queries.provider import MATCHED_KINDS, ON_THEIR_WAY, payouts_of, transactions_of
from banksia.kit.among import among


def unmatched_transactions(organisation_id: uuid.UUID, provider: str) -> Select[ProviderTransaction]:
    """What the provider lists and no entry of ours belongs to yet."""
    return transactions_of(organisation_id).where(
        ProviderTransaction.provider == provider, ProviderTransaction.ledger_entry_id.is_(None)
    )


def unmatched_entries(organisation_id: uuid.UUID) -> Select[LedgerEntry]:
    """What moved at the provider, as our ledger says, and no line of the provider's books belongs to yet."""
    matched = transactions_of(organisation_id).where(ProviderTransaction.ledger_entry_id == LedgerEntry.id)
    return select(LedgerEntry).where(
        LedgerEntry.organisation_id == organisation_id,
        LedgerEntry.kind.in_(MATCHED_KINDS),
        LedgerEntry.method == "card",
        LedgerEntry.provider_id.is_not(None),
        ~matched.with_only_columns(literal(1)).exists(),
    )


def matches(organisation_id: uuid.UUID, provider: str) -> Subquery:
    """Pairs of an unmatched line and an unmatched entry of the same kind, id and amount.

    Where several are alike, the first is paired with the first, so nothing is paired twice.
    """
    theirs = _open_lines(organisation_id, provider)
    ours = _open_entries(organisation_id, theirs)
    return (
        select(theirs.c.id.label("transaction_id"), ours.c.id.label("entry_id"))
        .join(
            ours,
            and_(
                ours.c.kind == theirs.c.kind,
                ours.c.provider_id == theirs.c.source,
                ours.c.amount_cents == theirs.c.amount_cents,
                ours.c.place == theirs.c.place,
            ),
        )
        .subquery("matches")
    )


def _open_lines(organisation_id: uuid.UUID, provider: str) -> CTE:
    """Unmatched lines, each with its place among those that are alike."""
    alike = (ProviderTransaction.kind, ProviderTransaction.source, ProviderTransaction.amount_cents)
    place = func.row_number().over(
        partition_by=alike, order_by=(ProviderTransaction.happened_at, ProviderTransaction.id)
    )
    return (
        unmatched_transactions(organisation_id, provider)
        .where(ProviderTransaction.kind.in_(MATCHED_KINDS))
        .with_only_columns(ProviderTransaction.id, *alike, place.label("place"))
        .cte("theirs")
    )


def _open_entries(organisation_id: uuid.UUID, lines: CTE) -> CTE:
    """Unmatched entries that one of these lines may belong to, each with its place among those that are alike."""
    alike = (LedgerEntry.kind, LedgerEntry.provider_id, LedgerEntry.amount_cents)
    place = func.row_number().over(partition_by=alike, order_by=(LedgerEntry.happened_at, LedgerEntry.id))
    return (
        unmatched_entries(organisation_id)
        .where(LedgerEntry.provider_id.in_(select(lines.c.source)))
        .with_only_columns(LedgerEntry.id, *alike, place.label("place"))
        .cte("ours")
    )


def _unlike_fees(organisation_id: uuid.UUID, provider: str, since: datetime) -> Subquery:
    """Lines since a moment whose fee is not what our fee entries sum to, with the entry that they belong to."""
    fee = aliased(LedgerEntry)
    recorded = (
        select(func.sum(fee.amount_cents))
        .where(fee.organisation_id == organisation_id, fee.kind == "fee", fee.source_id == LedgerEntry.source_id)
        .correlate(LedgerEntry)
        .scalar_subquery()
    )
    return (
        transactions_of(organisation_id)
        .join(LedgerEntry, LedgerEntry.id == ProviderTransaction.ledger_entry_id)
        .where(
            ProviderTransaction.provider == provider,
            ProviderTransaction.happened_at >= since,
            ProviderTransaction.fee_cents != 0,
            func.coalesce(recorded, 0) != -ProviderTransaction.fee_cents,
        )
        .with_only_columns(
            ProviderTransaction.id.label("transaction_id"),
            ProviderTransaction.fee_cents,
            recorded.label("recorded_cents"),
            LedgerEntry.source_id,
            LedgerEntry.payable_id,
            LedgerEntry.reference,
            LedgerEntry.provider_id,
            ProviderTransaction.happened_at,
        )
        .subquery("unlike_fees")
    )


FEE_COLUMNS = (
    "id", "created_at", "organisation_id", "kind", "source_id", "payable_id", "amount_cents", "method", "reference",
    "provider_id", "happened_at", "recorded_by",
)  # fmt: skip


def missing_fees(organisation_id: uuid.UUID, provider: str, since: datetime, recorded_by: str) -> Select[Any]:
    """Entries for fees that our ledger lacks, in the order of FEE_COLUMNS."""
    fees = _unlike_fees(organisation_id, provider, since)
    return select(
        func.gen_random_uuid(),
        func.now(),
        literal(organisation_id),
        literal("fee"),
        fees.c.source_id,
        fees.c.payable_id,
        -fees.c.fee_cents,
        literal("card"),
        fees.c.reference,
        fees.c.provider_id,
        fees.c.happened_at,
        literal(recorded_by),
    ).where(fees.c.recorded_cents.is_(None))


def other_fees(organisation_id: uuid.UUID, provider: str, since: datetime, before: datetime) -> Select[Any]:
    """Fees that our ledger has otherwise."""
    fees = _unlike_fees(organisation_id, provider, since)
    return select(fees).where(fees.c.recorded_cents.is_not(None), fees.c.happened_at < before)


def count_of(some: Subquery) -> Select[int]:
    """How many rows a scoped statement has."""
    return select(func.count()).select_from(some)


def not_in_ledger(organisation_id: uuid.UUID, provider: str, before: datetime) -> Select[ProviderTransaction]:
    """Lines older than a moment that our ledger lacks, without what is still on its way.

    A refund is in the provider's books while it is pending, a payout while it travels; ours follow when they arrive.
    """
    pending = (
        select(Refund.provider_refund_id)
        .where(Refund.organisation_id == organisation_id, Refund.state == RefundState.PENDING)
        .where(Refund.provider_refund_id == ProviderTransaction.source)
    )
    travelling = payouts_of(organisation_id).where(
        Payout.payout_id == ProviderTransaction.source, Payout.status.in_(ON_THEIR_WAY)
    )
    return (
        unmatched_transactions(organisation_id, provider)
        .where(ProviderTransaction.happened_at < before)
        .where(~pending.exists(), ~travelling.with_only_columns(literal(1)).exists())
        .order_by(ProviderTransaction.id)
    )


def not_at_provider(organisation_id: uuid.UUID, since: datetime, before: datetime) -> Select[LedgerEntry]:
    """Entries between two moments that the provider's books lack."""
    return (
        unmatched_entries(organisation_id)
        .where(LedgerEntry.happened_at >= since, LedgerEntry.happened_at < before)
        .order_by(LedgerEntry.happened_at, LedgerEntry.id)
    )


def entries_named(organisation_id: uuid.UUID, provider_ids: Sequence[str]) -> Select[str, str]:
    """What our ledger says about these ids of the provider, in words."""
    said = LedgerEntry.kind + literal(" ") + func.to_char(LedgerEntry.amount_cents / 100.0, "FM999999990.00")
    return (
        select(
            LedgerEntry.provider_id,
            func.string_agg(said, aggregate_order_by(literal(", "), LedgerEntry.happened_at, LedgerEntry.id)),
        )
        .where(LedgerEntry.organisation_id == organisation_id, among(LedgerEntry.provider_id, provider_ids))
        .group_by(LedgerEntry.provider_id)
    )


def lines_named(organisation_id: uuid.UUID, sources: Sequence[str]) -> Select[str, str]:
    """What the provider's books say about these ids, in words."""
    said = (
        ProviderTransaction.kind
        + literal(" ")
        + func.to_char(ProviderTransaction.amount_cents / 100.0, "FM999999990.00")
    )
    ordered = aggregate_order_by(literal(", "), ProviderTransaction.happened_at, ProviderTransaction.id)
    return (
        select(ProviderTransaction.source, func.string_agg(said, ordered))
        .where(ProviderTransaction.organisation_id == organisation_id, among(ProviderTransaction.source, sources))
        .group_by(ProviderTransaction.source)
    )


def cases_matched_since(organisation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Open cases about lines or entries that have found their match since; a fee that differs stays."""
    matched = transactions_of(organisation_id).where(
        ProviderTransaction.ledger_entry_id.is_not(None),
        or_(
            ProviderTransaction.id == ReviewCase.source_id, ProviderTransaction.ledger_entry_id == ReviewCase.source_id
        ),
    )
    return select(ReviewCase.id).where(
        ReviewCase.organisation_id == organisation_id,
        ReviewCase.resolved_at.is_(None),
        ReviewCase.kind.in_((ReviewKind.NOT_IN_LEDGER, ReviewKind.NOT_AT_PROVIDER)),
        ReviewCase.evidence["kind"].astext != "fee",
        matched.with_only_columns(literal(1)).exists(),
    )
