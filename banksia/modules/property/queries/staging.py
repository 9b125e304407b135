"""The SQL of an import, part one: what a file says, staged, becomes streets, addresses, parcels and assessments.

Everything is done for the whole file at once. The parameters are the organisation, the import run and the present
moment.
"""

from typing import Final

CREATE_STAGE: Final = """
CREATE TEMPORARY TABLE stage (
    line integer, address_key text COLLATE "C", text text, street_key text COLLATE "C", street_name text,
    street_type text, street_suffix text, locality text, building text, level_type text, level text, flat_type text,
    flat text, number text, number_suffix text, number_last text, address_lot text, postcode text,
    from_number integer, from_suffix text, to_number integer, to_suffix text, unit_order integer, unit_code text,
    longitude double precision, latitude double precision,
    lot text COLLATE "C", section text COLLATE "C", plan_type text COLLATE "C", plan text COLLATE "C",
    is_part boolean, is_bare boolean, is_synthetic boolean, status text, area double precision,
    assessment text COLLATE "C", address_id uuid, parcel_id uuid, property_id uuid
)"""

COPY_STAGE: Final = "COPY stage FROM STDIN"
ANALYZE_STAGE: Final = "ANALYZE stage (line, address_key, street_key, lot, section, plan_type, plan, assessment)"

# A bare plan number means DP, and SP when no such DP exists but such an SP does.
RESOLVE_BARE_PLANS: Final = """
UPDATE stage SET plan_type = 'SP'
WHERE is_bare
  AND NOT EXISTS (SELECT FROM property.parcels p
                  WHERE p.organisation_id = :organisation AND p.plan = stage.plan AND p.plan_type = 'DP')
  AND NOT EXISTS (SELECT FROM stage d WHERE d.plan = stage.plan AND d.plan_type = 'DP' AND NOT d.is_bare)
  AND (EXISTS (SELECT FROM property.parcels p
               WHERE p.organisation_id = :organisation AND p.plan = stage.plan AND p.plan_type = 'SP')
       OR EXISTS (SELECT FROM stage d WHERE d.plan = stage.plan AND d.plan_type = 'SP' AND NOT d.is_bare))"""

COUNT_REPEATED: Final = """
SELECT count(address_key) - count(DISTINCT address_key) FROM stage
WHERE address_key IS NOT NULL AND (lot IS NULL OR is_synthetic)"""

MISSING_STREETS: Final = """
SELECT DISTINCT ON (s.street_key) s.street_key, s.street_name, s.street_type, s.street_suffix, s.locality, s.line
FROM stage s
LEFT JOIN property.streets t ON t.organisation_id = :organisation AND t.key = s.street_key
WHERE s.street_key IS NOT NULL AND t.id IS NULL
ORDER BY s.street_key, s.line"""

INSERT_STREET: Final = """
INSERT INTO property.streets
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, key, name, type, suffix, locality)
VALUES (:organisation, :id, :now, :run, :line, :now, :street_key, :street_name, :street_type, :street_suffix,
        :locality)"""

INSERT_ADDRESSES: Final = """
INSERT INTO property.addresses
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, key, text, street_id, building,
     level_type, level, flat_type, flat, number, number_suffix, number_last, lot, postcode, longitude, latitude,
     from_number, from_suffix, to_number, to_suffix, unit_order, unit_code)
SELECT DISTINCT ON (s.address_key)
    CAST(:organisation AS uuid), s.address_id, CAST(:now AS timestamptz), CAST(:run AS uuid), s.line,
    CAST(:now AS timestamptz), s.address_key, s.text, t.id, s.building, s.level_type, s.level, s.flat_type, s.flat,
    s.number, s.number_suffix, s.number_last, s.address_lot, s.postcode, s.longitude, s.latitude, s.from_number,
    s.from_suffix, s.to_number, s.to_suffix, s.unit_order, s.unit_code
FROM stage s
JOIN property.streets t ON t.organisation_id = :organisation AND t.key = s.street_key
LEFT JOIN property.addresses a ON a.organisation_id = :organisation AND a.key = s.address_key
WHERE s.address_key IS NOT NULL AND a.id IS NULL
ORDER BY s.address_key, s.line"""

# Only what the file gives is compared: a file without coordinates does not take them away.
UPDATE_ADDRESSES: Final = """
UPDATE property.addresses a
SET longitude = coalesce(s.longitude, a.longitude), latitude = coalesce(s.latitude, a.latitude),
    postcode = coalesce(s.postcode, a.postcode), import_run_id = :run, source_line = s.line
FROM (SELECT DISTINCT ON (address_key) address_key, longitude, latitude, postcode, line FROM stage
      WHERE address_key IS NOT NULL ORDER BY address_key, line) s
WHERE a.organisation_id = :organisation AND a.key = s.address_key AND a.import_run_id IS DISTINCT FROM :run
  AND (coalesce(s.longitude, a.longitude), coalesce(s.latitude, a.latitude), coalesce(s.postcode, a.postcode))
      IS DISTINCT FROM (a.longitude, a.latitude, a.postcode)"""

INSERT_PARCELS: Final = """
INSERT INTO property.parcels
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, lot, section, plan_type, plan, status,
     is_part, is_synthetic, area_square_metres)
SELECT DISTINCT ON (s.plan, s.lot, s.section, s.plan_type)
    CAST(:organisation AS uuid), s.parcel_id, CAST(:now AS timestamptz), CAST(:run AS uuid), s.line,
    CAST(:now AS timestamptz), s.lot, s.section, s.plan_type, s.plan, coalesce(s.status, 'current'), s.is_part,
    s.is_synthetic, s.area
FROM stage s
LEFT JOIN property.parcels p ON p.organisation_id = :organisation
    AND (p.plan, p.lot, p.section, p.plan_type) = (s.plan, s.lot, s.section, s.plan_type)
WHERE s.lot IS NOT NULL AND p.id IS NULL
ORDER BY s.plan, s.lot, s.section, s.plan_type, s.line"""

UPDATE_PARCELS: Final = """
UPDATE property.parcels p
SET status = coalesce(s.status, p.status), area_square_metres = coalesce(s.area, p.area_square_metres),
    import_run_id = :run, source_line = s.line
FROM (SELECT DISTINCT ON (plan, lot, section, plan_type) plan, lot, section, plan_type, status, area, line FROM stage
      WHERE lot IS NOT NULL AND (status IS NOT NULL OR area IS NOT NULL)
      ORDER BY plan, lot, section, plan_type, line) s
WHERE p.organisation_id = :organisation AND p.import_run_id IS DISTINCT FROM :run
  AND (p.plan, p.lot, p.section, p.plan_type) = (s.plan, s.lot, s.section, s.plan_type)
  AND (coalesce(s.status, p.status), coalesce(s.area, p.area_square_metres))
      IS DISTINCT FROM (p.status, p.area_square_metres)"""

MISSING_ASSESSMENTS: Final = """
SELECT s.assessment, min(s.line) AS line FROM stage s
LEFT JOIN property.assessments m ON m.organisation_id = :organisation AND m.number = s.assessment
WHERE s.assessment IS NOT NULL AND m.id IS NULL
GROUP BY s.assessment ORDER BY s.assessment"""

INSERT_ASSESSMENT: Final = """
INSERT INTO property.assessments (organisation_id, id, created_at, import_run_id, source_line, valid_from, number)
VALUES (:organisation, :id, :now, :run, :line, :now, :assessment)"""

# Each thing that a row says once: this address, this parcel and this assessment belong together.
CREATE_LINKED: Final = """
CREATE TEMPORARY TABLE linked AS
SELECT DISTINCT ON (a.id, p.id, m.id)
    a.id AS address_id, p.id AS parcel_id, m.id AS assessment_id, s.line, s.property_id
FROM stage s
LEFT JOIN property.addresses a ON a.organisation_id = :organisation AND a.key = s.address_key
LEFT JOIN property.parcels p ON p.organisation_id = :organisation
    AND (p.plan, p.lot, p.section, p.plan_type) = (s.plan, s.lot, s.section, s.plan_type)
LEFT JOIN property.assessments m ON m.organisation_id = :organisation AND m.number = s.assessment
ORDER BY a.id, p.id, m.id, s.line"""

ANALYZE_LINKED: Final = "ANALYZE linked"
DROP_TEMPORARY: Final = "DROP TABLE IF EXISTS stage, linked, touched, labelled, standing"
