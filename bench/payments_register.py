"""Payments by the million: payables with their lines, payments, ledger and cases, written by PostgreSQL itself."""

from datetime import date, datetime
from typing import Any

import psycopg

from banksia.foundation.payments.service import reconciling
from bench.measuring import Bench

DATABASE = "banksia_bench"
FIRST = date(2025, 7, 1)
"""The first day of the payments; they lie evenly over a year."""
_FILL = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT n, gen_random_uuid() AS payable_id, gen_random_uuid() AS payment_id, gen_random_uuid() AS refund_id,
    'BENCH-' || lpad(n::text, 8, '0') AS reference,
    timestamptz '2025-07-01 00:00+10' + (n %% 525600) * interval '1 minute' AS at,
    CASE n %% 4 WHEN 0 THEN 'cash' WHEN 1 THEN 'eftpos' ELSE 'card' END AS method
FROM generate_series(%(first)s::int, %(last)s::int) n;
INSERT INTO payments.payables (id, created_at, organisation_id, kind, subject_id, title, reference, payer_name,
    return_path, mail_link, currency, total_cents, gst_cents, state, settled_at)
SELECT payable_id, at, %(council)s, 'bench.order', payable_id, 'Certificates', reference, 'Somebody', '/', '/', 'aud',
    9100, 200, CASE WHEN n %% 100 = 7 THEN 'refunded' ELSE 'paid' END, at FROM made;
INSERT INTO payments.payable_lines (id, created_at, organisation_id, payable_id, position, description, quantity,
    amount_cents, gst_cents, gst_treatment, gl_code)
SELECT gen_random_uuid(), at, %(council)s, payable_id, l.position, l.words, 1, l.cents, l.gst, l.treatment, l.code
FROM made, (VALUES (1, 'Planning certificate 10.7(2)', 6900, 0, 'exempt', '4100.101'),
    (2, 'Certified copy', 2200, 200, 'taxable', '4100.300')) AS l (position, words, cents, gst, treatment, code);
INSERT INTO payments.payments (id, created_at, organisation_id, payable_id, method, amount_cents, applied, provider,
    provider_payment_id, reference, tendered_cents, change_cents, received_at)
SELECT payment_id, at, %(council)s, payable_id, method, 9100, true, CASE WHEN method = 'card' THEN 'stripe' END,
    CASE WHEN method = 'card' THEN 'pi_' || n END, CASE WHEN method = 'eftpos' THEN n::text END,
    CASE WHEN method = 'cash' THEN 9100 END, 0, at FROM made;
INSERT INTO payments.ledger_entries (id, created_at, organisation_id, kind, source_id, payable_id, amount_cents, method,
    reference, provider_id, happened_at, recorded_by)
SELECT gen_random_uuid(), at, %(council)s, CASE WHEN method = 'card' THEN 'charge' ELSE 'counter_taking' END,
    payment_id, payable_id, 9100, method, reference, CASE WHEN method = 'card' THEN 'pi_' || n END, at, 'Bench'
FROM made;
INSERT INTO payments.refunds (id, created_at, organisation_id, payable_id, payment_id, amount_cents, state, reason,
    method, requested_by_name, finished_at)
SELECT refund_id, at, %(council)s, payable_id, payment_id, 9100, 'succeeded', 'Bench', method, 'Bench', at
FROM made WHERE n %% 100 = 7;
INSERT INTO payments.ledger_entries (id, created_at, organisation_id, kind, source_id, payable_id, amount_cents, method,
    reference, happened_at, recorded_by)
SELECT gen_random_uuid(), at, %(council)s, 'refund', refund_id, payable_id, -9100, method, reference, at, 'Bench'
FROM made WHERE n %% 100 = 7;
INSERT INTO payments.review_cases (id, created_at, organisation_id, kind, source_id, payable_id, payment_id, evidence,
    resolution, resolution_reason, resolved_at, resolved_by_name)
SELECT gen_random_uuid(), at, %(council)s, 'duplicate', payment_id, payable_id, payment_id, '{}', r, r, t, r
FROM made, LATERAL (SELECT CASE WHEN n > 60 THEN 'dismiss' END AS r, CASE WHEN n > 60 THEN at END AS t) AS resolved
WHERE n <= 60 OR n %% 100 = 9;
INSERT INTO payments.receipts (id, created_at, organisation_id, payable_id, number, is_tax_invoice, total_cents,
    gst_cents, access_token, snapshot, issued_at)
SELECT gen_random_uuid(), at, %(council)s, payable_id, n + %(numbers)s, true, 9100, 200, n::text, '{}', at FROM made;
INSERT INTO payments.receipt_counters VALUES (%(council)s, %(numbers)s + %(last)s)
ON CONFLICT (organisation_id) DO UPDATE SET last_number = excluded.last_number;
"""


def fill(bench: Bench, size: int) -> None:
    """Write payments until there are so many, as the superuser with the triggers off; PostgreSQL looks at them."""
    council = bench.organisation_id
    with psycopg.connect(_superuser(bench)) as connection:
        connection.execute("SET session_replication_role = replica")
        counted = "SELECT count(*) FROM payments.payables WHERE organisation_id = %s AND kind = 'bench.order'"
        filled = _one(connection, counted, council)
        numbers = _one(
            connection,
            "SELECT coalesce(max(number), 0) FROM payments.receipts r JOIN payments.payables p ON p.id = r.payable_id"
            " WHERE r.organisation_id = %s AND p.kind <> 'bench.order'",
            council,
        )
        given = {"first": filled + 1, "last": size, "council": council, "numbers": numbers}
        with connection.cursor() as cursor:
            for statement in _FILL.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, given)
    with psycopg.connect(_superuser(bench), autocommit=True) as connection:
        for table in ("payables", "payable_lines", "payments", "ledger_entries", "refunds", "review_cases", "receipts"):
            connection.execute(f"VACUUM ANALYZE payments.{table}")


def card_charges(bench: Bench, count: int) -> list[tuple[str, int, datetime]]:
    """Charges of the ledger by card: the provider's id, cents and the moment."""
    with psycopg.connect(_superuser(bench)) as connection:
        return connection.execute(
            "SELECT provider_id, amount_cents, happened_at FROM payments.ledger_entries WHERE organisation_id = %s"
            " AND kind = 'charge' AND reference LIKE 'BENCH-%%' ORDER BY happened_at DESC LIMIT %s",
            (bench.organisation_id, count),
        ).fetchall()


def reconciled_until(bench: Bench, moment: datetime) -> None:
    """Let everything before a moment be compared already, as on the nights before."""
    with psycopg.connect(_superuser(bench)) as connection:
        connection.execute(
            "INSERT INTO payments.reconciliation_runs (id, created_at, organisation_id, provider, state, listed_from,"
            " listed_until, counts, started_at, finished_at) VALUES (gen_random_uuid(), now(), %s, 'stripe',"
            " 'finished', %s, %s, '{}', now(), now())",
            (bench.organisation_id, moment, moment + reconciling.OVERLAP),
        )


def matched(bench: Bench) -> int:
    """How many lines of the provider's books have found their entry."""
    with psycopg.connect(_superuser(bench)) as connection:
        return _one(
            connection,
            "SELECT count(*) FROM payments.provider_transactions WHERE organisation_id = %s"
            " AND ledger_entry_id IS NOT NULL",
            bench.organisation_id,
        )


def _one(connection: Any, statement: str, *values: Any) -> int:
    found = connection.execute(statement, values).fetchone()
    return int(found[0])


def _superuser(bench: Bench) -> str:
    return bench.server.url(database=DATABASE)
