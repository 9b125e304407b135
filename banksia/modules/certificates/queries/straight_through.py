"""Rules for issuing without an officer, and what they decided."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, select

from banksia.modules.certificates.models import (
    Issuance,
    OrderLine,
    StraightThroughDecision,
    StraightThroughRules,
)


def rules_of(organisation_id: uuid.UUID) -> Select[StraightThroughRules]:
    """The council's rules."""
    return select(StraightThroughRules).where(StraightThroughRules.organisation_id == organisation_id)


def decisions_of_lines(organisation_id: uuid.UUID, line_ids: Iterable[uuid.UUID]) -> Select[StraightThroughDecision]:
    """What was decided for some lines."""
    return select(StraightThroughDecision).where(
        StraightThroughDecision.organisation_id == organisation_id,
        StraightThroughDecision.line_id.in_(list(line_ids)),
    )


def count_of_issued_since(organisation_id: uuid.UUID, since: datetime) -> Select[int]:
    """How many lines were decided to be issued without an officer since a moment."""
    return select(func.count()).where(
        StraightThroughDecision.organisation_id == organisation_id,
        StraightThroughDecision.created_at >= since,
        StraightThroughDecision.issued,
    )


def one_at_a_time(organisation_id: uuid.UUID) -> Select[None]:
    """Wait until no other transaction of the council decides to issue without an officer, and make others wait."""
    key = f"{organisation_id}:certificates.straight_through"
    return select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0)))


def paid_by_product(organisation_id: uuid.UUID, start: datetime, end: datetime) -> Select[str, int]:
    """How many lines came into the queue from a moment up to another, by product."""
    return (
        select(OrderLine.product_code, func.count())
        .where(OrderLine.organisation_id == organisation_id, OrderLine.queued_at >= start, OrderLine.queued_at < end)
        .group_by(OrderLine.product_code)
    )


def reasons_by_product(organisation_id: uuid.UUID, start: datetime, end: datetime) -> Select[str, str | None, int]:
    """How many of those lines were left to an officer, by product and first reason."""
    return (
        select(OrderLine.product_code, StraightThroughDecision.reason, func.count())
        .join(StraightThroughDecision, StraightThroughDecision.line_id == OrderLine.id)
        .where(
            OrderLine.organisation_id == organisation_id,
            OrderLine.queued_at >= start,
            OrderLine.queued_at < end,
            StraightThroughDecision.organisation_id == organisation_id,
            ~StraightThroughDecision.issued,
        )
        .group_by(OrderLine.product_code, StraightThroughDecision.reason)
    )


def issued_by_product(
    organisation_id: uuid.UUID, start: datetime, end: datetime
) -> Select[str, int, datetime | None, datetime]:
    """Product, promised working days, and the moments of queueing and issuing, of each line issued without an officer.

    The issuance is the line's first: what supersedes it later is an officer's work.
    """
    return (
        select(OrderLine.product_code, OrderLine.turnaround_days, OrderLine.queued_at, Issuance.issued_at)
        .join(Issuance, Issuance.line_id == OrderLine.id)
        .where(
            OrderLine.organisation_id == organisation_id,
            OrderLine.queued_at >= start,
            OrderLine.queued_at < end,
            Issuance.organisation_id == organisation_id,
            Issuance.without_officer,
        )
    )
