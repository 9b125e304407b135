"""The SQL of an import, part two: properties and their links.

A property is the parcels of one assessment, else one parcel, else an address without a parcel. A record that becomes
more (an address that gets its parcel, a parcel that gets its assessment) stays the same property, so that its id stays.
"""

from typing import Final

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
    JOIN property.properties o ON o.id = pp.property_id AND o.assessment_id IS NULL AND o.valid_to IS NULL
    UNION
    SELECT l.assessment_id, l.parcel_id, l.address_id, o.id
    FROM linked l
    JOIN property.property_addresses pa ON pa.organisation_id = :organisation AND pa.address_id = l.address_id
        AND pa.valid_to IS NULL
    JOIN property.properties o ON o.id = pa.property_id AND o.assessment_id IS NULL AND o.valid_to IS NULL"""

ADOPT_BY_ASSESSMENT: Final = f"""
WITH homes AS ({_HOMES}),
once AS (
    SELECT DISTINCT ON (h.property_id) h.property_id, h.assessment_id FROM homes h
    LEFT JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = h.assessment_id
    WHERE h.assessment_id IS NOT NULL AND o.id IS NULL
    ORDER BY h.property_id, h.assessment_id
),
chosen AS (
    SELECT DISTINCT ON (assessment_id) assessment_id, property_id FROM once ORDER BY assessment_id, property_id
)
UPDATE property.properties o SET assessment_id = chosen.assessment_id, import_run_id = :run
FROM chosen WHERE o.organisation_id = :organisation AND o.id = chosen.property_id"""  # noqa: S608  (parts of our own)

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

INSERT_PARCEL_PROPERTIES: Final = """
WITH fresh AS (
    SELECT DISTINCT ON (l.parcel_id) l.parcel_id, l.property_id, l.line FROM linked l
    LEFT JOIN property.property_parcels x ON x.organisation_id = :organisation AND x.parcel_id = l.parcel_id
    WHERE l.parcel_id IS NOT NULL AND x.parcel_id IS NULL
    ORDER BY l.parcel_id, l.line
),
made AS (
    INSERT INTO property.properties
        (organisation_id, id, created_at, import_run_id, source_line, valid_from, assessment_id, status)
    SELECT :organisation, property_id, :now, :run, line, :now, NULL, 'current' FROM fresh
)
INSERT INTO property.property_parcels (organisation_id, property_id, parcel_id, import_run_id, source_line, valid_from)
SELECT :organisation, property_id, parcel_id, :run, line, :now FROM fresh"""

INSERT_ASSESSMENT_ADDRESSES: Final = """
INSERT INTO property.property_addresses
    (organisation_id, property_id, address_id, import_run_id, source_line, valid_from)
SELECT :organisation, o.id, l.address_id, :run, min(l.line), :now
FROM linked l
JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = l.assessment_id
LEFT JOIN property.property_addresses x ON x.organisation_id = :organisation
    AND x.property_id = o.id AND x.address_id = l.address_id
WHERE l.parcel_id IS NULL AND l.address_id IS NOT NULL AND x.address_id IS NULL
GROUP BY o.id, l.address_id"""

INSERT_ADDRESS_PROPERTIES: Final = """
WITH fresh AS (
    SELECT DISTINCT ON (l.address_id) l.address_id, l.property_id, l.line FROM linked l
    LEFT JOIN property.parcel_addresses x ON x.organisation_id = :organisation AND x.address_id = l.address_id
    LEFT JOIN property.property_addresses y ON y.organisation_id = :organisation AND y.address_id = l.address_id
    WHERE l.address_id IS NOT NULL AND x.address_id IS NULL AND y.address_id IS NULL
    ORDER BY l.address_id, l.line
),
made AS (
    INSERT INTO property.properties
        (organisation_id, id, created_at, import_run_id, source_line, valid_from, assessment_id, status)
    SELECT :organisation, property_id, :now, :run, line, :now, NULL, 'current' FROM fresh
)
INSERT INTO property.property_addresses
    (organisation_id, property_id, address_id, import_run_id, source_line, valid_from)
SELECT :organisation, property_id, address_id, :run, line, :now FROM fresh"""

# An address that stands on a parcel no longer belongs to a property directly.
END_PROPERTY_ADDRESSES: Final = """
UPDATE property.property_addresses x SET valid_to = :now, import_run_id = :run
FROM linked l
JOIN property.parcel_addresses pa ON pa.organisation_id = :organisation AND pa.address_id = l.address_id
WHERE x.organisation_id = :organisation AND x.address_id = l.address_id AND x.valid_to IS NULL"""

# A property ends when everything in it belongs to another: its parcel to an assessment, its address to a parcel.
END_PROPERTIES: Final = """
UPDATE property.properties o SET valid_to = :now, status = 'historic', import_run_id = :run
WHERE o.organisation_id = :organisation AND o.assessment_id IS NULL AND o.valid_to IS NULL
  AND o.id IN (
      SELECT pp.property_id FROM linked l
      JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.parcel_id = l.parcel_id
      JOIN property.property_parcels other ON other.organisation_id = :organisation
          AND other.parcel_id = pp.parcel_id AND other.property_id <> pp.property_id
      JOIN property.properties named ON named.id = other.property_id AND named.assessment_id IS NOT NULL
      UNION
      SELECT pa.property_id FROM linked l
      JOIN property.property_addresses pa ON pa.organisation_id = :organisation AND pa.address_id = l.address_id
          AND pa.valid_to IS NOT NULL
      LEFT JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.property_id = pa.property_id
      WHERE pp.parcel_id IS NULL)"""

LOCK_IMPORTS: Final = "SELECT pg_advisory_xact_lock(7266338, hashtext(CAST(:organisation AS text)))"

# What a transaction has just written has no statistics yet: joins of whole files would be planned as for a few rows.
JOIN_WHOLE_TABLES: Final = "SET LOCAL enable_nestloop = off"
JOIN_AS_PLANNED: Final = "SET LOCAL enable_nestloop = on"
