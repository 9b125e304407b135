"""The ledger spread over what was sold, in SQL; scoped to one organisation and one period.

Every entry about something that was owed is spread over its lines in proportion, with running rounding along the
payments and along the lines. So the parts of one entry add up to it to the cent, and the payments that together pay
a payable add up to each of its lines and to each line's GST. What was refunded line by line follows its own lines.
Nothing is read of what came after, so a report of a past month stays as it was.
"""

import uuid
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Subquery,
    Text,
    Uuid,
    bindparam,
    case,
    column,
    func,
    literal,
    select,
    text,
)

from banksia.foundation.payments.models import LedgerEntry, Payable
from banksia.foundation.payments.queries import ledger_of

_PARTS: Final = """
WITH entry AS (
    SELECT e.id, e.kind, e.method, e.reference, e.provider_id, e.happened_at, e.payable_id, e.recorded_by,
        abs(e.amount_cents) AS amount_cents, sign(e.amount_cents) AS sign, r.id AS refund_id,
        CASE e.kind WHEN 'waiver' THEN 'waived' WHEN 'charge' THEN 'taken' WHEN 'counter_taking' THEN 'taken'
            WHEN 'account_charge' THEN 'taken' ELSE 'back' END AS side,
        o.total_cents, p.id AS payment_id, p.amount_cents AS paid_cents,
        coalesce(p.applied OR p.dishonoured_at IS NOT NULL, false) AS counts,
        CASE WHEN abs(e.amount_cents) >= p.amount_cents THEN p.surcharge_cents ELSE 0 END AS surcharge_cents,
        p.amount_cents - p.surcharge_cents AS pays_cents,
        r.id IS NOT NULL AND EXISTS (
            SELECT FROM payments.refund_lines l WHERE l.organisation_id = :organisation_id AND l.refund_id = r.id
        ) AS by_line
    FROM payments.ledger_entries e
    JOIN payments.payables o ON o.id = e.payable_id
    LEFT JOIN payments.refunds r ON r.id = e.source_id AND e.kind IN ('refund', 'reversal')
    LEFT JOIN payments.disputes d ON d.id = e.source_id AND e.kind IN ('dispute', 'reversal')
    LEFT JOIN payments.payments p ON p.id = coalesce(r.payment_id, d.payment_id, e.source_id)
    WHERE e.organisation_id = :organisation_id AND e.happened_at >= :start AND e.happened_at < :end
        AND e.kind IN ('charge', 'counter_taking', 'account_charge', 'waiver', 'refund', 'dispute', 'reversal')
), span AS (
    -- Where on the payable's own scale the entry lies: the payments of one payable are laid end to end.
    SELECT entry.*, entry.amount_cents - entry.surcharge_cents AS spread_cents,
        CASE WHEN refund_id IS NOT NULL OR pays_cents = total_cents THEN 0 ELSE (
            SELECT coalesce(sum(q.amount_cents - q.surcharge_cents), 0) FROM payments.payments q
            WHERE q.organisation_id = :organisation_id AND q.payable_id = entry.payable_id AND q.id < entry.payment_id
                AND (q.applied OR q.dishonoured_at IS NOT NULL)
        ) END AS a
    FROM entry WHERE counts AND NOT by_line AND entry.amount_cents - entry.surcharge_cents <> total_cents
), line AS (
    SELECT span.*, l.gl_code, l.gst_treatment, l.description, l.position, total_cents AS t,
        sum(l.amount_cents) OVER upto AS c, sum(l.amount_cents) OVER upto - l.amount_cents AS c0,
        sum(l.gst_cents) OVER upto AS g, sum(l.gst_cents) OVER upto - l.gst_cents AS g0
    FROM span JOIN payments.payable_lines l
        ON l.organisation_id = :organisation_id AND l.payable_id = span.payable_id
    WINDOW upto AS (PARTITION BY span.id ORDER BY l.position)
), part AS (
    -- Nearly always one payment pays it all, and there is nothing to round.
    SELECT entry.id, kind, side, method, reference, provider_id, happened_at, entry.payable_id, recorded_by,
        'line' AS bucket, l.gl_code, l.gst_treatment, l.description, l.position, sign * l.amount_cents AS amount_cents,
        sign * l.gst_cents AS gst_cents
    FROM entry JOIN payments.payable_lines l
        ON l.organisation_id = :organisation_id AND l.payable_id = entry.payable_id
    WHERE counts AND NOT by_line AND entry.amount_cents - entry.surcharge_cents = total_cents
    UNION ALL
    SELECT id, kind, side, method, reference, provider_id, happened_at, payable_id, recorded_by, 'line',
        gl_code, gst_treatment, description, position, sign * (
            round((a + spread_cents) * c / t) - round(a * c / t)
            - round((a + spread_cents) * c0 / t) + round(a * c0 / t)
        ), sign * (
            round((a + spread_cents) * g / t) - round(a * g / t)
            - round((a + spread_cents) * g0 / t) + round(a * g0 / t)
        )
    FROM line
    UNION ALL
    SELECT entry.id, kind, side, method, reference, provider_id, happened_at, entry.payable_id, recorded_by, 'line',
        l.gl_code, l.gst_treatment, l.description, l.position, sign * rl.amount_cents, sign * rl.gst_cents
    FROM entry
    JOIN payments.refund_lines rl ON rl.organisation_id = :organisation_id AND rl.refund_id = entry.refund_id
    JOIN payments.payable_lines l ON l.id = rl.payable_line_id
    WHERE by_line
    UNION ALL
    -- What no line has: a surcharge, with GST in the share of the taxable lines, or money that waits for a person.
    SELECT entry.id, kind, side, method, reference, provider_id, happened_at, payable_id, recorded_by,
        CASE WHEN counts OR by_line THEN 'surcharge' ELSE 'waiting' END,
        CASE WHEN counts OR by_line THEN CAST(:surcharge_code AS text) ELSE '' END, '', '', 1000000, sign * rest.cents,
        CASE WHEN counts OR by_line THEN sign * div(2 * rest.cents * rest.taxable_cents + total_cents * 11,
            total_cents::numeric * 22) ELSE 0 END
    FROM entry CROSS JOIN LATERAL (
        SELECT CASE WHEN by_line THEN amount_cents - (
                SELECT sum(rl.amount_cents) FROM payments.refund_lines rl
                WHERE rl.organisation_id = :organisation_id AND rl.refund_id = entry.refund_id
            ) WHEN counts THEN surcharge_cents ELSE amount_cents END AS cents,
            CASE WHEN surcharge_cents > 0 OR by_line THEN (
                SELECT coalesce(sum(l.amount_cents), 0) FROM payments.payable_lines l
                WHERE l.organisation_id = :organisation_id AND l.payable_id = entry.payable_id
                    AND l.gst_treatment = 'taxable'
            ) ELSE 0 END AS taxable_cents
    ) rest WHERE rest.cents <> 0
)
SELECT * FROM part
"""
_COLUMNS: Final[tuple[tuple[str, Any], ...]] = (
    ("id", Uuid),
    ("kind", Text),
    ("side", Text),
    ("method", Text),
    ("reference", Text),
    ("provider_id", Text),
    ("happened_at", DateTime(timezone=True)),
    ("payable_id", Uuid),
    ("recorded_by", Text),
    ("bucket", Text),
    ("gl_code", Text),
    ("gst_treatment", Text),
    ("description", Text),
    ("position", Integer),
    ("amount_cents", BigInteger),
    ("gst_cents", BigInteger),
)
SOLD_KINDS: Final = ("charge", "counter_taking", "account_charge", "waiver", "refund", "dispute", "reversal")
"""The kinds of entries that are about something that was owed, where they name what it was."""


def parts_of(organisation_id: uuid.UUID, start: datetime, end: datetime, *, surcharge_code: str) -> Subquery:
    """Every part of every entry that is about something owed: its line or none, its cents and the GST in them.

    `side` is taken, waived or back; `bucket` is line, surcharge, or waiting for money that pays nothing yet.
    A surcharge has the code that is given.
    """
    statement = text(_PARTS).bindparams(
        bindparam("organisation_id", organisation_id, Uuid),
        bindparam("start", start, DateTime(timezone=True)),
        bindparam("end", end, DateTime(timezone=True)),
        bindparam("surcharge_code", surcharge_code, Text),
    )
    return statement.columns(*(column(name, kind) for name, kind in _COLUMNS)).subquery("part")


def grouped(
    organisation_id: uuid.UUID, start: datetime, end: datetime, *, by: str, time_zone: str, surcharge_code: str
) -> Select[str, str, int, int, int, int, int]:
    """The parts added up by one thing: bucket, key, then cents taken, waived and back, GST, and how many entries.

    `by` is gl_code, gst_treatment, method, product, day, week or month; anything else raises KeyError. GST is that of
    what was taken, less that of what went back.
    """
    part = parts_of(organisation_id, start, end, surcharge_code=surcharge_code)
    day = func.timezone(time_zone, part.c.happened_at)
    keys: dict[str, ColumnElement[str]] = {
        "gl_code": part.c.gl_code,
        "gst_treatment": part.c.gst_treatment,
        "method": part.c.method,
        # A description is a product and, after a comma, what it was for.
        "product": func.split_part(part.c.description, ", ", 1),
        "day": func.to_char(func.date_trunc("day", day), "YYYY-MM-DD"),
        "week": func.to_char(func.date_trunc("week", day), "YYYY-MM-DD"),
        "month": func.to_char(func.date_trunc("month", day), "YYYY-MM"),
    }
    bucket: ColumnElement[str] = part.c.bucket if by in ("gl_code", "gst_treatment", "product") else literal("line")
    if by == "gl_code":
        bucket = case((part.c.gl_code != "", "line"), else_=bucket)
    return _added_up(part, bucket, keys[by])


def grouped_of_kind(
    organisation_id: uuid.UUID, start: datetime, end: datetime, *, payable_kind: str, surcharge_code: str
) -> Select[str, str, int, int, int, int, int]:
    """The parts that are about one kind of payable, added up by what was sold: all but the last part of its words."""
    part = parts_of(organisation_id, start, end, surcharge_code=surcharge_code)
    sold = func.regexp_replace(part.c.description, ", [^,]*$", "")
    owed = Payable.__table__
    found = _added_up(part, part.c.bucket, sold).join(owed, owed.c.id == part.c.payable_id)
    return found.where(owed.c.organisation_id == organisation_id, owed.c.kind == payable_kind)


def _added_up(
    part: Subquery, bucket: ColumnElement[str], key: ColumnElement[str]
) -> Select[str, str, int, int, int, int, int]:
    def cents(side: str) -> ColumnElement[int]:
        total = func.sum(part.c.amount_cents).filter(part.c.side == side)
        return func.coalesce(total, 0).cast(BigInteger)

    gst = func.coalesce(func.sum(part.c.gst_cents).filter(part.c.side != "waived"), 0).cast(BigInteger)
    entries = func.count(part.c.id.distinct()).filter(part.c.side == "taken")
    return (
        select(bucket.label("bucket"), key.label("key"), cents("taken"), cents("waived"), cents("back"), gst, entries)
        .select_from(part)
        .group_by(text("1"), text("2"))
        .order_by(text("1"), text("2"))
    )


def journal_rows(organisation_id: uuid.UUID, start: datetime, end: datetime, *, surcharge_code: str) -> Select[Any]:
    """The parts in the order of the ledger, for a journal that is read as it is written."""
    part = parts_of(organisation_id, start, end, surcharge_code=surcharge_code)
    return select(*part.c).order_by(part.c.happened_at, part.c.id, part.c.position)


def other_entries(organisation_id: uuid.UUID, start: datetime, end: datetime) -> Select[LedgerEntry]:
    """The entries of a period that are about nothing that was sold: fees, payouts and payments of accounts."""
    return (
        entries_between(organisation_id, start, end)
        .where(LedgerEntry.payable_id.is_(None) | LedgerEntry.kind.not_in(SOLD_KINDS))
        .order_by(LedgerEntry.happened_at, LedgerEntry.id)
    )


def entries_between(organisation_id: uuid.UUID, start: datetime, end: datetime) -> Select[LedgerEntry]:
    """The ledger of a period."""
    return ledger_of(organisation_id).where(LedgerEntry.happened_at >= start, LedgerEntry.happened_at < end)


def sums_by_kind(organisation_id: uuid.UUID, start: datetime, end: datetime) -> Select[str, bool, int, int]:
    """The ledger of a period itself: kind, whether it is about something sold, cents, and how many entries."""
    sold = LedgerEntry.payable_id.is_not(None) & LedgerEntry.kind.in_(SOLD_KINDS)
    return (
        entries_between(organisation_id, start, end)
        .with_only_columns(
            LedgerEntry.kind,
            sold.label("sold"),
            func.sum(LedgerEntry.amount_cents).cast(BigInteger),
            func.count(),
        )
        .group_by(LedgerEntry.kind, text("2"))
        .order_by(LedgerEntry.kind)
    )


def totals(entries: Select[LedgerEntry]) -> Select[int, int, int]:
    """What came in with some entries, what went out (below nothing), and how many there are."""
    plus = func.sum(LedgerEntry.amount_cents).filter(LedgerEntry.amount_cents > 0)
    minus = func.sum(LedgerEntry.amount_cents).filter(LedgerEntry.amount_cents < 0)
    return entries.with_only_columns(func.coalesce(plus, 0), func.coalesce(minus, 0), func.count())
