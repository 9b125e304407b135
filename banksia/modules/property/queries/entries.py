"""The SQL of an import, part three: what search reads of the properties that were touched, made anew."""

from typing import Final

CREATE_TOUCHED: Final = """
CREATE TEMPORARY TABLE touched AS
SELECT pp.property_id AS id FROM linked l
JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.parcel_id = l.parcel_id
JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = pp.parcel_id
JOIN property.properties o ON o.organisation_id = :organisation AND o.id = pp.property_id
LEFT JOIN property.parcel_addresses pa ON pa.organisation_id = :organisation
    AND pa.parcel_id = l.parcel_id AND pa.address_id = l.address_id
WHERE CAST(:run AS uuid) IN (pp.import_run_id, p.import_run_id, o.import_run_id, pa.import_run_id)
UNION
SELECT x.property_id FROM linked l
JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = l.address_id
JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
WHERE CAST(:run AS uuid) IN (x.import_run_id, o.import_run_id)"""

# What a run changed, whether its file lists it or not.
INSERT_TOUCHED_BY_CHANGES: Final = """
INSERT INTO touched
WITH changed AS MATERIALIZED (
    SELECT c.table_name, c.record_id FROM property.changes c
    WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid)
      AND (c.table_name <> 'addresses' OR c.after ? 'valid_to')
),
parcels AS (
    SELECT record_id AS id FROM changed WHERE table_name IN ('parcels', 'parcel_addresses')
    UNION
    SELECT x.parcel_id FROM changed
    JOIN property.parcel_addresses x ON x.organisation_id = :organisation AND x.address_id = record_id
    WHERE table_name = 'addresses'
)
(SELECT record_id FROM changed WHERE table_name IN ('properties', 'property_parcels', 'property_addresses')
 UNION
 SELECT x.property_id FROM parcels
 JOIN property.property_parcels x ON x.organisation_id = :organisation AND x.parcel_id = parcels.id
 UNION
 SELECT x.property_id FROM changed
 JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = record_id
 WHERE table_name = 'addresses'
 UNION
 SELECT o.id FROM changed
 JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = record_id
 WHERE table_name = 'assessments')
EXCEPT SELECT id FROM touched"""

CREATE_TOUCHED_BY_ID: Final = "CREATE TEMPORARY TABLE touched AS SELECT unnest(CAST(:ids AS uuid[])) AS id"
DROP_TOUCHED: Final = "DROP TABLE IF EXISTS touched, labelled, standing"

ANALYZE_TOUCHED: Final = "ANALYZE touched"
ANALYZE_FOUND: Final = "ANALYZE labelled, standing"

# A property is as its parcels are: current while one of them is, historic once all are.
STATUSES_OF_TOUCHED: Final = """
    SELECT t.id,
           CASE WHEN bool_or(p.status = 'current') THEN 'current' WHEN bool_and(p.status = 'historic') THEN 'historic'
                ELSE 'proposed' END AS status
    FROM touched t
    JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.property_id = t.id
        AND pp.valid_to IS NULL
    JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = pp.parcel_id
    GROUP BY t.id"""

UPDATE_STATUSES: Final = f"""
UPDATE property.properties o SET status = found.status FROM ({STATUSES_OF_TOUCHED}) found
WHERE o.organisation_id = :organisation AND o.id = found.id AND o.valid_to IS NULL AND o.status <> found.status"""  # noqa: S608  (parts of our own)

DELETE_ENTRIES: Final = """
DELETE FROM property.search_entries e USING touched t
WHERE e.organisation_id = :organisation AND e.property_id = t.id"""

CREATE_LABELLED: Final = """
CREATE TEMPORARY TABLE labelled AS
SELECT t.id AS property_id, bool_or(p.is_synthetic) AS is_synthetic,
       json_agg(p.lot || '/' || p.section || '/' || p.plan_type || p.plan
                ORDER BY p.status = 'historic', p.plan_type, p.plan, length(p.lot), p.lot) AS parcels
FROM touched t
JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.property_id = t.id
    AND pp.valid_to IS NULL
JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = pp.parcel_id
GROUP BY t.id"""

CREATE_STANDING: Final = """
CREATE TEMPORARY TABLE standing AS
SELECT pp.property_id, pa.address_id FROM touched t
JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.property_id = t.id
    AND pp.valid_to IS NULL
JOIN property.parcel_addresses pa ON pa.organisation_id = :organisation AND pa.parcel_id = pp.parcel_id
    AND pa.valid_to IS NULL
UNION
SELECT x.property_id, x.address_id FROM touched t
JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.property_id = t.id
    AND x.valid_to IS NULL"""

# In the order in which search reads them: the entries of a street lie together on disk, and of two properties at one
# address the first lot comes first, because an index keeps equal keys in the order of the table.
INSERT_ENTRIES: Final = """
INSERT INTO property.search_entries
    (organisation_id, property_id, address_id, place, rank, street_key, number, suffix, number_last, unit_order,
     unit_code, unit_type, result)
SELECT :organisation, o.id, coalesce(a.id, CAST('00000000-0000-0000-0000-000000000000' AS uuid)), ends.place,
       CASE WHEN a.unit_order > 0 THEN 1 ELSE 0 END + CASE o.status WHEN 'historic' THEN 2 ELSE 0 END,
       CASE ends.place WHEN 2 THEN '~' || replace(replace(a.building, '''', ''), '-', ' ')
            ELSE coalesce(street.key, '') END,
       ends.number, ends.suffix, coalesce(a.number_last, ''),
       coalesce(a.unit_order, 0), coalesce(a.unit_code, ''), coalesce(a.flat_type, ''),
       json_build_object('id', o.id, 'address', a.text, 'parcels', coalesce(labelled.parcels, '[]'),
                         'assessment', m.number, 'status', o.status,
                         'is_synthetic', coalesce(labelled.is_synthetic, false))
FROM touched t
JOIN property.properties o ON o.organisation_id = :organisation AND o.id = t.id AND o.valid_to IS NULL
LEFT JOIN property.assessments m ON m.organisation_id = :organisation AND m.id = o.assessment_id
LEFT JOIN labelled ON labelled.property_id = o.id
LEFT JOIN standing ON standing.property_id = o.id
LEFT JOIN property.addresses a ON a.organisation_id = :organisation AND a.id = standing.address_id
LEFT JOIN property.streets street ON street.organisation_id = :organisation AND street.id = a.street_id
CROSS JOIN LATERAL (VALUES (0, coalesce(a.from_number, 0), coalesce(a.from_suffix, '')),
                           (1, a.to_number, a.to_suffix),
                           (2, CASE WHEN a.building <> '' THEN a.from_number END, a.from_suffix))
    AS ends (place, number, suffix)
WHERE ends.number IS NOT NULL
ORDER BY ends.place = 2, street.key, ends.number, CAST(labelled.parcels AS text)"""

MOVE_GENERATION: Final = """
INSERT INTO property.gazetteers (organisation_id, generation) VALUES (:organisation, :run)
ON CONFLICT (organisation_id) DO UPDATE SET generation = excluded.generation"""

REFRESH: Final = (CREATE_LABELLED, CREATE_STANDING, ANALYZE_FOUND, DELETE_ENTRIES, INSERT_ENTRIES, MOVE_GENERATION)
"""From the table of touched properties to their entries."""
