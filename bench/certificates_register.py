"""Orders by the million: with their lines, words, money, steps and certificates, written by PostgreSQL itself.

Nearly all are issued; the newest are open, on every officer's desk and in every state. One account has placed 5,000 of
them and another only three, the oldest of all. They lie evenly over two years.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

import psycopg

from bench import secondary_indexes
from bench.measuring import Bench
from bench.property_register import real_addresses

TABLES = {
    "certificates": ("orders", "order_lines", "line_terms", "line_transitions", "certificates"),
    "payments": ("payables", "payments", "receipts"),
}
ADDRESSES = 5_000
FEWEST_OPEN, OPEN_IN = 50, 100
"""So many lines are open, or one in so many when that is more."""
OWN_ORDERS = 5_000
WITH_ATTRIBUTES = 50_000
"""So many of the newest lines carry the whole picture of their property, as every line does that is placed now."""

_MADE = r"""
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT d.*, uuidv7() AS order_id, uuidv7() AS line_id, uuidv7() AS payable_id, uuidv7() AS certificate_id,
    'BH-2026-' || lpad(n::text, 7, '0') AS number, 27 + n %% 3 || '/' || n %% 90000 AS reference,
    CASE WHEN n > %(size)s - %(open)s THEN (ARRAY['queued', 'queued', 'queued', 'queued', 'assigned', 'assigned',
        'drafted', 'to_check', 'checked', 'on_hold'])[n %% 10 + 1]
        WHEN n %% 199 = 13 THEN 'cancelled' ELSE 'issued' END AS state,
    CASE WHEN n <= 6 AND n %% 2 = 0 THEN %(quiet)s::uuid WHEN n %% %(every)s = 1 THEN %(busy)s::uuid
        WHEN n %% 2 = 0 THEN md5('account' || n %% 5000)::uuid END AS customer_id,
    CASE WHEN n %% %(every)s = 1 THEN %(busy_email)s ELSE 'clerk' || n %% 49999 || '@firm.example' END AS email,
    (%(surnames)s::text[])[n %% 40 + 1] AS surname,
    regexp_replace((%(addresses)s::text[])[p %% %(addresses_count)s + 1], '^\d+',
        (2 * (p / %(addresses_count)s) + p %% 97 + 1)::text) AS address,
    p %% 9 + 1 AS lot, 1000000 + p / 9 AS plan, md5('property' || p)::uuid AS property_id,
    now() - (%(size)s - n) * (interval '730 days' / %(size)s) AS at
FROM (SELECT n, n * 7919 %% 150000 AS p FROM generate_series(1::bigint, %(size)s) n) d"""

_INSERTS = (
    """
INSERT INTO certificates.orders (organisation_id, id, created_at, number, channel, customer_id, contact_name,
    contact_email, reference, total_cents, due_on, queued_at, cancelled_at)
SELECT %(council)s, order_id, at, number, 'online', customer_id, surname || ' Lawyers', email, reference, 10000,
    at::date + 5, CASE WHEN state <> 'cancelled' THEN at END, CASE WHEN state = 'cancelled' THEN at END
FROM made ORDER BY n""",
    """
INSERT INTO certificates.order_lines (organisation_id, id, created_at, order_id, position, order_number, product_id,
    product_code, product_snapshot, fee_id, fee_cents, urgent_fee_cents, gst_cents, gst_treatment, gl_code, urgent,
    property_id, parcel, property_snapshot, address, turnaround_days, due_on, state, assigned_to_id, queued_at,
    issued_at, held_days_left, reason, collects)
SELECT %(council)s, line_id, at, order_id, 1, number, s.product_id, s.code, s.snapshot, s.fee_id, 10000, 0, 0,
    'exempt', '4100', n %% 20 = 0, property_id, lot || '//DP' || plan,
    CASE WHEN n > %(size)s - %(with_attributes)s THEN %(picture)s::jsonb
        ELSE jsonb_build_object('assessment', '104882', 'parcel', jsonb_build_object('title', 'Lot ' || lot)) END,
    address, 5, CASE WHEN n > %(size)s - %(open)s THEN current_date + (n %% 16)::int - 5 ELSE at::date + 5 END,
    state, CASE WHEN state IN ('assigned', 'drafted', 'to_check', 'checked') THEN
        CASE WHEN (%(size)s - n) / 10 %% 20 = 0 THEN %(officer)s::uuid
            ELSE md5('officer' || n / 10 %% 19)::uuid END END,
    CASE WHEN state <> 'cancelled' THEN at END, CASE WHEN state = 'issued' THEN at + interval '3 days' END,
    CASE WHEN state = 'on_hold' THEN 3 END, CASE WHEN state = 'on_hold' THEN 'Which shed do you mean?' END,
    false
FROM made JOIN sold s ON s.place = n %% 2 ORDER BY n""",
    """
INSERT INTO certificates.line_terms (organisation_id, id, created_at, line_id, term)
SELECT %(council)s, uuidv7(), now(), line_id, word FROM made, LATERAL (SELECT DISTINCT unnest(
    string_to_array(lower(address), ' ') || ARRAY[lower(number), substr(number, 9), reference,
    split_part(reference, '/', 2), lower(surname), 'lawyers', split_part(email, '@', 1), 'firm.example',
    lot || '//dp' || plan, 'dp' || plan, plan::text, '104882', chr(1) || coalesce(customer_id::text, email)])
    AS word) AS words""",
    """
INSERT INTO certificates.line_transitions (organisation_id, id, created_at, order_id, line_id, from_state, to_state,
    actor_name)
SELECT %(council)s, uuidv7(), at, order_id, line_id, 'drafted', 'issued', 'Officer' FROM made WHERE state = 'issued'""",
    """
INSERT INTO certificates.certificates (organisation_id, id, created_at, line_id, order_id, number, code, product_code,
    title, property_id, parcel, address, issued_at, issued_by_name, object_id, sha256, size_bytes, document)
SELECT %(council)s, certificate_id, at, line_id, order_id, '603/2026/' || n, 'K7QF2M9XHT4C8PVD', '603', 'Certificate',
    property_id, lot || '//DP' || plan, address, at + interval '3 days', 'Officer', certificate_id, 'sha256', 60000,
    '{}' FROM made WHERE state = 'issued'""",
    """
INSERT INTO payments.payables (organisation_id, id, created_at, kind, subject_id, title, reference, payer_name,
    return_path, mail_link, currency, total_cents, gst_cents, state, settled_at)
SELECT %(council)s, payable_id, at, 'certificates.order', order_id, 'Property certificates', number, surname, '/', '/',
    'aud', 10000, 0, CASE WHEN state = 'cancelled' THEN 'cancelled' ELSE 'paid' END, at FROM made""",
    """
INSERT INTO payments.payments (organisation_id, id, created_at, payable_id, method, amount_cents, applied, reference,
    change_cents, received_at)
SELECT %(council)s, uuidv7(), at, payable_id, 'eftpos', 10000, true, n::text, 0, at FROM made
WHERE state <> 'cancelled'""",
    """
INSERT INTO payments.receipts (organisation_id, id, created_at, payable_id, number, is_tax_invoice, total_cents,
    gst_cents, access_token, snapshot, issued_at)
SELECT %(council)s, uuidv7(), at, payable_id, n, true, 10000, 0, n::text, '{"number": "R-1"}', at FROM made
WHERE state <> 'cancelled'""",
)
_SOLD = """
CREATE TEMPORARY TABLE sold ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY p.code) - 1 AS place, p.id AS product_id, p.code, f.id AS fee_id,
    jsonb_build_object('title', p.title, 'short_title', p.short_title, 'law', p.law, 'template', p.template,
        'number_prefix', p.number_prefix, 'cut_off', '15:00', 'needs_check', false) AS snapshot
FROM certificates.products p JOIN certificates.product_fees f ON f.product_id = p.id
WHERE p.organisation_id = %(council)s AND p.code IN ('603', '10.7-2')"""
SURNAMES = (
    "Kaur", "Nguyen", "Ferris", "Dale", "Okafor", "Smith", "Tran", "Walsh", "Moretti", "Singh", "Haddad", "Park",
    "Olsen", "Costa", "Brennan", "Wu", "Ali", "Novak", "Reid", "Stone", "Hughes", "Lim", "Petrov", "Grant", "Fox",
    "Marsh", "Quinn", "Yates", "Ivanov", "Bell", "Doyle", "Cruz", "Kelly", "Hart", "Ng", "Shaw", "Webb", "Lane",
    "Ross", "Vella",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """Whose pages are looked at."""

    officer: uuid.UUID
    busy: uuid.UUID
    quiet: uuid.UUID
    busy_email: str


def open_of(size: int) -> int:
    """How many of so many lines are open, the newest."""
    return max(size // OPEN_IN, min(FEWEST_OPEN, size // 2))


def fill(bench: Bench, url: str, council: uuid.UUID, people: People, size: int, picture: dict[str, Any]) -> None:
    """Put so many orders in the place of those that are there, as the superuser with the triggers off."""
    addresses = real_addresses(bench)
    some = addresses[:: max(1, len(addresses) // ADDRESSES)][:ADDRESSES]
    given = {
        "council": council,
        "size": size,
        "open": open_of(size),
        "every": max(size // OWN_ORDERS, 2),
        "with_attributes": WITH_ATTRIBUTES,
        "picture": json.dumps(picture),
        "surnames": list(SURNAMES),
        "addresses": some,
        "addresses_count": len(some),
        **vars(people),
    }
    tables = [f"{schema}.{table}" for schema, names in TABLES.items() for table in names]
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        indexes = secondary_indexes.drop(connection, tables)
        for statement in (_SOLD, _MADE, *_INSERTS):
            connection.execute(statement, given)
        secondary_indexes.build(connection, indexes)
    with psycopg.connect(url, autocommit=True) as connection:
        for table in tables:
            connection.execute(f"VACUUM ANALYZE {table}")
