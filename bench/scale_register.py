"""Many councils of one size in one database, written straight into the tables that search reads, in their real shape.

Every council has the same real streets and addresses with rows of its own; one property in two hundred is historic, one
address in a hundred has a building's name, every property has an assessment.
"""

import time
import uuid
from collections.abc import Iterator, Sequence
from itertools import islice

import psycopg

from banksia.modules.property.service.importing.synthesis import synthetic_parcel
from banksia.modules.property.service.keys import place_of, street_key
from banksia.modules.property.service.parsing import read_listed_address
from bench import secondary_indexes
from bench.measuring import Bench
from bench.property_register import addresses

COLUMNS = (
    "n", "text", "street_key", "name", "type", "suffix", "locality", "number", "number_suffix",
    "to_number", "to_suffix", "number_last", "unit_order", "unit_code", "unit_type", "lot", "section", "plan_type",
    "plan", "building",
)  # fmt: skip
BUILDINGS = ("HALL", "CENTRE", "GARDENS", "SCHOOL", "APARTMENTS")
TABLES = ("search_entries", "parcels", "property_parcels", "properties", "assessments", "addresses")
Row = tuple[object, ...]

CREATE_BASE = """
CREATE TABLE base (
    n int, text text, street_key text COLLATE "C", name text, type text, suffix text, locality text, number int,
    number_suffix text, to_number int, to_suffix text, number_last text, unit_order int, unit_code text,
    unit_type text, lot text, section text, plan_type text, plan text, building text)"""

# Ids are drawn once a row and used by every table.
CREATE_DRAWN = """
CREATE TEMPORARY TABLE drawn AS
SELECT b.*, uuidv7() AS property_id, uuidv7() AS parcel_id, uuidv7() AS address_id, uuidv7() AS assessment_id,
       (100000 + b.n * 7)::text AS assessment, CASE WHEN b.n %% 200 = 0 THEN 'historic' ELSE 'current' END AS status
FROM base b WHERE b.n >= %(first)s AND b.n < %(last)s"""

INSERTS = (
    """
INSERT INTO property.streets (organisation_id, id, created_at, valid_from, key, name, type, suffix, locality)
SELECT DISTINCT ON (street_key) %(organisation)s::uuid, uuidv7(), now(), now(), street_key, name, type, suffix, locality
FROM drawn ON CONFLICT DO NOTHING""",
    """
INSERT INTO property.parcels
    (organisation_id, id, created_at, valid_from, lot, section, plan_type, plan, status, is_part, is_synthetic)
SELECT %(organisation)s, parcel_id, now(), now(), lot, section, plan_type, plan, status, false, true FROM drawn""",
    """
INSERT INTO property.assessments (organisation_id, id, created_at, valid_from, number)
SELECT %(organisation)s, assessment_id, now(), now(), assessment FROM drawn""",
    """
INSERT INTO property.properties (organisation_id, id, created_at, valid_from, assessment_id, status)
SELECT %(organisation)s, property_id, now(), now(), assessment_id, status FROM drawn""",
    """
INSERT INTO property.property_parcels (organisation_id, property_id, parcel_id, valid_from)
SELECT %(organisation)s, property_id, parcel_id, now() FROM drawn""",
    """
INSERT INTO property.addresses
    (organisation_id, id, created_at, valid_from, key, text, street_id, building, from_number, from_suffix, to_suffix,
     unit_order, unit_code)
SELECT %(organisation)s, address_id, now(), now(), d.text, d.text, s.id, d.building, d.number, d.number_suffix,
       d.to_suffix, d.unit_order, d.unit_code
FROM drawn d JOIN property.streets s ON s.organisation_id = %(organisation)s AND s.key = d.street_key
WHERE d.building IS NOT NULL""",
    """
INSERT INTO property.search_entries
    (organisation_id, property_id, address_id, place, rank, street_key, number, suffix, number_last, unit_order,
     unit_code, unit_type, result)
SELECT %(organisation)s, property_id, address_id, ends.place,
       CASE WHEN unit_order > 0 THEN 1 ELSE 0 END + CASE status WHEN 'historic' THEN 2 ELSE 0 END,
       CASE ends.place WHEN 2 THEN '~' || building ELSE street_key END, ends.number, ends.suffix, number_last,
       unit_order, unit_code, unit_type,
       json_build_object('id', property_id, 'address', text, 'parcels', ARRAY[lot || '/' || section || '/' || plan_type
                         || plan], 'assessment', assessment, 'status', status, 'is_synthetic', true)
FROM drawn
CROSS JOIN LATERAL (VALUES (0, number, number_suffix), (1, to_number, to_suffix),
                           (2, CASE WHEN building IS NOT NULL THEN number END, number_suffix))
    AS ends (place, number, suffix)
WHERE ends.number IS NOT NULL ORDER BY ends.place = 2, street_key, ends.number""",
    """
INSERT INTO property.gazetteers (organisation_id, generation) VALUES (%(organisation)s, uuidv7())
ON CONFLICT (organisation_id) DO UPDATE SET generation = excluded.generation""",
    "DROP TABLE drawn",
)


def base_rows(bench: Bench, size: int) -> Iterator[Row]:
    """The addresses of one council, taken apart."""
    parcels: set[tuple[object, ...]] = set()
    for n, text in enumerate(islice(addresses(bench, size * 2), size * 2)):
        parts = read_listed_address(text)
        key = street_key(parts.street, parts.type, parts.suffix, parts.locality)
        place, parcel = place_of(parts), synthetic_parcel(parts, key)
        land = (parcel.lot, parcel.section or "", parcel.plan_type, parcel.plan)
        if land in parcels:
            continue
        parcels.add(land)
        building = f"{parts.street} {BUILDINGS[n // 100 % len(BUILDINGS)]}" if n % 100 == 0 else None
        yield (
            *(len(parcels) - 1, text, key, parts.street or "", parts.type or "", parts.suffix or ""),
            *(parts.locality or "", place.from_number, place.from_suffix, place.to_number, place.to_suffix),
            *(parts.number_last or "", place.unit_order, place.unit_code, parts.flat_type or "", *land, building),
        )
        if len(parcels) == size:
            return


def write_base(connection: psycopg.Connection, rows: Sequence[Row]) -> None:
    """The addresses that every council gets."""
    connection.execute(CREATE_BASE)
    with connection.cursor().copy(f"COPY base ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute("ANALYZE base")


def fill(connection: psycopg.Connection, councils: Sequence[uuid.UUID], first: int, last: int) -> tuple[float, float]:
    """Give every council its addresses from the first to the last; seconds to insert and to build the indexes."""
    began = time.perf_counter()
    connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    connection.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")
    indexes = secondary_indexes.drop(connection, [f"property.{table}" for table in TABLES])
    for organisation_id in councils:
        given = {"organisation": organisation_id, "first": first, "last": last}
        connection.execute(CREATE_DRAWN, given)
        for statement in INSERTS:
            connection.execute(statement, given if "%(" in statement else None)
    inserted = time.perf_counter() - began
    began = time.perf_counter()
    secondary_indexes.build(connection, indexes)
    built = time.perf_counter() - began
    connection.execute("VACUUM ANALYZE")
    return inserted, built
