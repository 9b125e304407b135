"""The SQL of an import, part three: properties and their links.

A property is the parcels of one assessment, else one parcel, else an address without a parcel. A record that becomes
more (an address that gets its parcel, a parcel that gets its assessment) stays the same property, so that its id stays.
What ended and is listed again holds again: the same record, so that everything that names it still does.
"""

from typing import Final

from banksia.modules.property.queries.journaling import journaled

AGAIN: Final = (
    "CASE WHEN x.valid_to = x.valid_from THEN :now ELSE x.valid_from END AS valid_from,"
    " CAST(NULL AS timestamptz) AS valid_to"
)

REOPEN_PARCEL_ADDRESSES: Final = journaled(
    "parcel_addresses",
    ("parcel_id", "address_id"),
    ("valid_from", "valid_to"),
    f"""
    SELECT x.parcel_id, x.address_id, l.line, {AGAIN}
    FROM (SELECT parcel_id, address_id, min(line) AS line FROM linked
          WHERE parcel_id IS NOT NULL AND address_id IS NOT NULL GROUP BY parcel_id, address_id) l
    JOIN property.parcel_addresses x ON x.organisation_id = :organisation
        AND x.parcel_id = l.parcel_id AND x.address_id = l.address_id
    WHERE x.valid_to IS NOT NULL""",  # noqa: S608  (parts of our own)
)

INSERT_PARCEL_ADDRESSES: Final = """
INSERT INTO property.parcel_addresses
    (organisation_id, parcel_id, address_id, import_run_id, source_line, valid_from)
SELECT :organisation, l.parcel_id, l.address_id, :run, min(l.line), :now
FROM linked l
LEFT JOIN property.parcel_addresses x ON x.organisation_id = :organisation
    AND x.parcel_id = l.parcel_id AND x.address_id = l.address_id
WHERE l.parcel_id IS NOT NULL AND l.address_id IS NOT NULL AND x.parcel_id IS NULL
GROUP BY l.parcel_id, l.address_id
ORDER BY l.parcel_id, l.address_id"""

# Where a linked parcel or address already lives, in a property that no assessment names yet.
_HOMES: Final = """
    SELECT l.assessment_id, l.parcel_id, l.address_id, o.id AS property_id
    FROM linked l
    JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.parcel_id = l.parcel_id
        AND pp.valid_to IS NULL
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = pp.property_id
        AND o.assessment_id IS NULL AND o.valid_to IS NULL
    UNION
    SELECT l.assessment_id, l.parcel_id, l.address_id, o.id
    FROM linked l
    JOIN property.property_addresses pa ON pa.organisation_id = :organisation AND pa.address_id = l.address_id
        AND pa.valid_to IS NULL
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = pa.property_id
        AND o.assessment_id IS NULL AND o.valid_to IS NULL"""

ADOPT_BY_ASSESSMENT: Final = journaled(
    "properties",
    ("id",),
    ("assessment_id",),
    f"""
    SELECT DISTINCT ON (once.assessment_id) once.property_id AS id, CAST(NULL AS integer) AS line, once.assessment_id
    FROM (
        SELECT DISTINCT ON (h.property_id) h.property_id, h.assessment_id FROM ({_HOMES}) h
        LEFT JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = h.assessment_id
        WHERE h.assessment_id IS NOT NULL AND o.id IS NULL
        ORDER BY h.property_id, h.assessment_id
    ) once
    ORDER BY once.assessment_id, once.property_id""",  # noqa: S608  (parts of our own)
)

REOPEN_ASSESSMENT_PROPERTIES: Final = journaled(
    "properties",
    ("id",),
    ("status", "valid_from", "valid_to"),
    f"""
    SELECT x.id, l.line, 'current' AS status, {AGAIN}
    FROM (SELECT assessment_id, min(line) AS line FROM linked WHERE assessment_id IS NOT NULL GROUP BY assessment_id) l
    JOIN property.properties x ON x.organisation_id = :organisation AND x.assessment_id = l.assessment_id
    WHERE x.valid_to IS NOT NULL""",  # noqa: S608  (parts of our own)
)

INSERT_ASSESSMENT_PROPERTIES: Final = """
INSERT INTO property.properties
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, assessment_id, status)
SELECT DISTINCT ON (l.assessment_id)
    CAST(:organisation AS uuid), l.property_id, CAST(:now AS timestamptz), CAST(:run AS uuid), l.line,
    CAST(:now AS timestamptz), l.assessment_id, 'current'
FROM linked l
LEFT JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = l.assessment_id
WHERE l.assessment_id IS NOT NULL AND o.id IS NULL
ORDER BY l.assessment_id, l.line"""

REOPEN_ASSESSMENT_PARCELS: Final = journaled(
    "property_parcels",
    ("property_id", "parcel_id"),
    ("valid_from", "valid_to"),
    f"""
    SELECT x.property_id, x.parcel_id, l.line, {AGAIN}
    FROM (SELECT assessment_id, parcel_id, min(line) AS line FROM linked
          WHERE assessment_id IS NOT NULL AND parcel_id IS NOT NULL GROUP BY assessment_id, parcel_id) l
    JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = l.assessment_id
    JOIN property.property_parcels x ON x.organisation_id = :organisation
        AND x.property_id = o.id AND x.parcel_id = l.parcel_id
    WHERE x.valid_to IS NOT NULL""",  # noqa: S608  (parts of our own)
)

INSERT_ASSESSMENT_PARCELS: Final = """
INSERT INTO property.property_parcels (organisation_id, property_id, parcel_id, import_run_id, source_line, valid_from)
SELECT :organisation, o.id, l.parcel_id, :run, min(l.line), :now
FROM linked l
JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = l.assessment_id
LEFT JOIN property.property_parcels x ON x.organisation_id = :organisation
    AND x.property_id = o.id AND x.parcel_id = l.parcel_id
WHERE l.parcel_id IS NOT NULL AND x.parcel_id IS NULL
GROUP BY o.id, l.parcel_id"""

ADOPT_BY_PARCEL: Final = f"""
WITH homes AS ({_HOMES}),
once AS (
    SELECT DISTINCT ON (h.property_id) h.property_id, h.parcel_id FROM homes h
    LEFT JOIN property.property_parcels x ON x.organisation_id = :organisation AND x.parcel_id = h.parcel_id
    LEFT JOIN property.property_parcels y ON y.organisation_id = :organisation AND y.property_id = h.property_id
    WHERE h.parcel_id IS NOT NULL AND x.parcel_id IS NULL AND y.parcel_id IS NULL
    ORDER BY h.property_id, h.parcel_id
),
chosen AS (SELECT DISTINCT ON (parcel_id) parcel_id, property_id FROM once ORDER BY parcel_id, property_id)
INSERT INTO property.property_parcels (organisation_id, property_id, parcel_id, import_run_id, valid_from)
SELECT :organisation, property_id, parcel_id, :run, :now FROM chosen"""  # noqa: S608  (parts of our own)

LOCK_IMPORTS: Final = "SELECT pg_advisory_xact_lock(7266338, hashtext(CAST(:organisation AS text)))"
TRY_LOCK_IMPORTS: Final = "SELECT pg_try_advisory_xact_lock(7266338, hashtext(CAST(:organisation AS text)))"

# What a transaction has just written has no statistics yet: joins of whole files would be planned as for a few rows.
JOIN_WHOLE_TABLES: Final = "SET LOCAL enable_nestloop = off"
JOIN_AS_PLANNED: Final = "SET LOCAL enable_nestloop = on"
WHOLE_TABLES_FROM: Final = 1_000
"""A file of fewer rows looks each of them up in the indexes."""
