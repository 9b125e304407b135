"""The SQL of an import, part four: what is in no property gets one of its own, or its old one again; empty ones end."""

from typing import Final

from banksia.modules.property.queries.entries import STATUSES_OF_TOUCHED
from banksia.modules.property.queries.journaling import NEXT, journaled, new_id
from banksia.modules.property.queries.linking import AGAIN

# Parcels that are in no property that still holds: listed ones, and those that have just left their assessment.
_HOMELESS: Final = f"""
    SELECT DISTINCT ON (l.parcel_id) l.parcel_id, l.property_id, l.line FROM (
        SELECT parcel_id, property_id, line FROM linked WHERE parcel_id IS NOT NULL
        UNION ALL
        SELECT parcel_id, {new_id(NEXT)}, source_line FROM property.property_parcels
        WHERE organisation_id = :organisation AND import_run_id = CAST(:run AS uuid) AND valid_to IS NOT NULL
    ) l
    WHERE NOT EXISTS (
        SELECT FROM property.property_parcels x
        JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
        WHERE x.organisation_id = :organisation AND x.parcel_id = l.parcel_id AND x.valid_to IS NULL
          AND o.valid_to IS NULL)
    ORDER BY l.parcel_id, l.line"""  # noqa: S608  (parts of our own)

_OWN_HOME: Final = f"""
    SELECT DISTINCT ON (h.parcel_id) x.property_id, h.parcel_id, h.line
    FROM ({_HOMELESS}) h
    JOIN property.property_parcels x ON x.organisation_id = :organisation AND x.parcel_id = h.parcel_id
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
        AND o.assessment_id IS NULL AND o.valid_to IS NOT NULL
    ORDER BY h.parcel_id, x.property_id"""  # noqa: S608  (parts of our own)

REOPEN_PARCEL_LINKS: Final = journaled(
    "property_parcels",
    ("property_id", "parcel_id"),
    ("valid_from", "valid_to"),
    f"""
    SELECT x.property_id, x.parcel_id, h.line, {AGAIN}
    FROM ({_OWN_HOME}) h
    JOIN property.property_parcels x ON x.organisation_id = :organisation
        AND x.property_id = h.property_id AND x.parcel_id = h.parcel_id
    WHERE x.valid_to IS NOT NULL""",  # noqa: S608  (parts of our own)
)

REOPEN_PARCEL_PROPERTIES: Final = journaled(
    "properties",
    ("id",),
    ("status", "valid_from", "valid_to"),
    f"""
    SELECT DISTINCT ON (x.id) x.id, h.line, 'current' AS status, {AGAIN}
    FROM ({_OWN_HOME}) h
    JOIN property.properties x ON x.organisation_id = :organisation AND x.id = h.property_id
    ORDER BY x.id, h.line""",  # noqa: S608  (parts of our own)
)

INSERT_PARCEL_PROPERTIES: Final = f"""
WITH fresh AS MATERIALIZED ({_HOMELESS}),
made AS (
    INSERT INTO property.properties
        (organisation_id, id, created_at, import_run_id, source_line, valid_from, assessment_id, status)
    SELECT :organisation, property_id, :now, :run, line, :now, NULL, 'current' FROM fresh
)
INSERT INTO property.property_parcels (organisation_id, property_id, parcel_id, import_run_id, source_line, valid_from)
SELECT :organisation, property_id, parcel_id, :run, line, :now FROM fresh"""  # noqa: S608  (parts of our own)

_STANDS: Final = """EXISTS (
        SELECT FROM property.parcel_addresses s
        WHERE s.organisation_id = :organisation AND s.address_id = l.address_id AND s.valid_to IS NULL)"""

REOPEN_ASSESSMENT_ADDRESSES: Final = journaled(
    "property_addresses",
    ("property_id", "address_id"),
    ("valid_from", "valid_to"),
    f"""
    SELECT x.property_id, x.address_id, l.line, {AGAIN}
    FROM (SELECT assessment_id, address_id, min(line) AS line FROM linked
          WHERE assessment_id IS NOT NULL AND address_id IS NOT NULL AND parcel_id IS NULL
          GROUP BY assessment_id, address_id) l
    JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = l.assessment_id
    JOIN property.property_addresses x ON x.organisation_id = :organisation
        AND x.property_id = o.id AND x.address_id = l.address_id
    WHERE x.valid_to IS NOT NULL AND NOT {_STANDS}""",  # noqa: S608  (parts of our own)
)

INSERT_ASSESSMENT_ADDRESSES: Final = f"""
INSERT INTO property.property_addresses
    (organisation_id, property_id, address_id, import_run_id, source_line, valid_from)
SELECT :organisation, o.id, l.address_id, :run, min(l.line), :now
FROM linked l
JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = l.assessment_id
LEFT JOIN property.property_addresses x ON x.organisation_id = :organisation
    AND x.property_id = o.id AND x.address_id = l.address_id
WHERE l.parcel_id IS NULL AND l.address_id IS NOT NULL AND x.address_id IS NULL AND NOT {_STANDS}
GROUP BY o.id, l.address_id"""  # noqa: S608  (parts of our own)

# Addresses that neither stand on a parcel nor belong to a property that still holds.
_ALONE: Final = f"""
    SELECT DISTINCT ON (l.address_id) l.address_id, l.property_id, l.line FROM linked l
    WHERE l.address_id IS NOT NULL AND NOT {_STANDS}
      AND NOT EXISTS (
          SELECT FROM property.property_addresses y
          JOIN property.properties o ON o.organisation_id = :organisation AND o.id = y.property_id
          WHERE y.organisation_id = :organisation AND y.address_id = l.address_id AND y.valid_to IS NULL
            AND o.valid_to IS NULL)
    ORDER BY l.address_id, l.line"""  # noqa: S608  (parts of our own)

_OWN_ADDRESS: Final = f"""
    SELECT DISTINCT ON (h.address_id) x.property_id, h.address_id, h.line
    FROM ({_ALONE}) h
    JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = h.address_id
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
        AND o.assessment_id IS NULL
    ORDER BY h.address_id, x.property_id"""  # noqa: S608  (parts of our own)

REOPEN_ADDRESS_PROPERTIES: Final = journaled(
    "properties",
    ("id",),
    ("status", "valid_from", "valid_to"),
    f"""
    SELECT DISTINCT ON (x.id) x.id, h.line, 'current' AS status, {AGAIN}
    FROM ({_OWN_ADDRESS}) h
    JOIN property.properties x ON x.organisation_id = :organisation AND x.id = h.property_id
    WHERE x.valid_to IS NOT NULL
    ORDER BY x.id, h.line""",  # noqa: S608  (parts of our own)
)

REOPEN_ADDRESS_LINKS: Final = journaled(
    "property_addresses",
    ("property_id", "address_id"),
    ("valid_from", "valid_to"),
    f"""
    SELECT x.property_id, x.address_id, l.line, {AGAIN}
    FROM (SELECT DISTINCT ON (address_id) address_id, line FROM linked
          WHERE address_id IS NOT NULL ORDER BY address_id, line) l
    JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = l.address_id
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
        AND o.assessment_id IS NULL AND o.valid_to IS NULL
    WHERE x.valid_to IS NOT NULL AND NOT {_STANDS}
      AND NOT EXISTS (SELECT FROM property.property_addresses y
                      WHERE y.organisation_id = :organisation AND y.address_id = l.address_id
                        AND y.valid_to IS NULL)
      AND NOT EXISTS (SELECT FROM property.property_parcels pp
                      WHERE pp.organisation_id = :organisation AND pp.property_id = o.id)""",  # noqa: S608  (parts of our own)
)

INSERT_ADDRESS_PROPERTIES: Final = f"""
WITH fresh AS MATERIALIZED ({_ALONE}),
made AS (
    INSERT INTO property.properties
        (organisation_id, id, created_at, import_run_id, source_line, valid_from, assessment_id, status)
    SELECT :organisation, property_id, :now, :run, line, :now, NULL, 'current' FROM fresh
)
INSERT INTO property.property_addresses
    (organisation_id, property_id, address_id, import_run_id, source_line, valid_from)
SELECT :organisation, property_id, address_id, :run, line, :now FROM fresh"""  # noqa: S608  (parts of our own)

# An address that stands on a parcel no longer belongs to a property directly.
END_PROPERTY_ADDRESSES: Final = journaled(
    "property_addresses",
    ("property_id", "address_id"),
    ("valid_to",),
    f"""
    SELECT x.property_id, x.address_id, min(l.line) AS line, CAST(:now AS timestamptz) AS valid_to
    FROM linked l
    JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = l.address_id
    WHERE x.valid_to IS NULL AND {_STANDS}
    GROUP BY x.property_id, x.address_id""",  # noqa: S608  (parts of our own)
)

# A property ends when everything in it belongs to another: its parcel to an assessment, its address to a parcel; or
# when nothing is left in it.
END_PROPERTIES: Final = journaled(
    "properties",
    ("id",),
    ("status", "valid_to"),
    """
    SELECT o.id, CAST(NULL AS integer) AS line, 'historic' AS status, CAST(:now AS timestamptz) AS valid_to
    FROM property.properties o
    WHERE o.organisation_id = :organisation AND o.valid_to IS NULL AND (
        o.assessment_id IS NULL AND o.id IN (
            SELECT pp.property_id FROM linked l
            JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.parcel_id = l.parcel_id
            JOIN property.property_parcels other ON other.organisation_id = :organisation
                AND other.parcel_id = pp.parcel_id AND other.property_id <> pp.property_id AND other.valid_to IS NULL
            JOIN property.properties named ON named.organisation_id = :organisation AND named.id = other.property_id
                AND named.assessment_id IS NOT NULL AND named.valid_to IS NULL)
        OR o.id IN (
            SELECT gone.id FROM (
                SELECT x.property_id AS id FROM property.property_addresses x
                WHERE x.organisation_id = :organisation AND x.import_run_id = CAST(:run AS uuid)
                  AND x.valid_to IS NOT NULL
                UNION
                SELECT x.property_id FROM property.property_parcels x
                WHERE x.organisation_id = :organisation AND x.import_run_id = CAST(:run AS uuid)
                  AND x.valid_to IS NOT NULL) gone
            WHERE NOT EXISTS (SELECT FROM property.property_parcels pp
                              WHERE pp.organisation_id = :organisation AND pp.property_id = gone.id
                                AND pp.valid_to IS NULL)
              AND NOT EXISTS (SELECT FROM property.property_addresses pa
                              WHERE pa.organisation_id = :organisation AND pa.property_id = gone.id
                                AND pa.valid_to IS NULL)))""",
)

# The few whose status is another one; what is made by this run needs no journal.
CREATE_SETTLED: Final = f"""
CREATE TEMPORARY TABLE settled AS
SELECT o.id, found.status, o.created_at = :now AND o.import_run_id = CAST(:run AS uuid) AS is_new
FROM ({STATUSES_OF_TOUCHED}) found
JOIN property.properties o ON o.organisation_id = :organisation AND o.id = found.id
WHERE o.valid_to IS NULL AND o.status <> found.status"""  # noqa: S608  (parts of our own)

SETTLE_NEW: Final = """
UPDATE property.properties o SET status = s.status FROM settled s
WHERE s.is_new AND o.organisation_id = :organisation AND o.id = s.id"""

SETTLE_KNOWN: Final = journaled(
    "properties",
    ("id",),
    ("status",),
    "SELECT s.id, CAST(NULL AS integer) AS line, s.status FROM settled s WHERE s.is_new IS NOT TRUE",
)
