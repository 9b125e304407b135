"""The SQL of an import, part one: what a file says, staged, and told apart by what the truth knows already.

Everything is done for the whole file at once. The parameters are the organisation, the source, the import run and the
present moment.
"""

from typing import Final

from banksia.modules.property.queries.journaling import NEXT, new_id

CREATE_STAGE: Final = """
CREATE TEMPORARY TABLE stage (
    line integer, address_key text COLLATE "C", text text, street_key text COLLATE "C", street_name text,
    street_type text, street_suffix text, locality text, building text, level_type text, level text, flat_type text,
    flat text, number text, number_suffix text, number_last text, address_lot text, postcode text,
    from_number integer, from_suffix text, to_number integer, to_suffix text, unit_order integer, unit_code text,
    longitude double precision, latitude double precision,
    lot text COLLATE "C", section text COLLATE "C", plan_type text COLLATE "C", plan text COLLATE "C",
    is_part boolean, is_bare boolean, is_synthetic boolean, status text, area double precision,
    assessment text COLLATE "C", address_from timestamptz, address_to timestamptz, parcel_from timestamptz,
    parcel_to timestamptz, address_external_id text, parcel_external_id text, geometry jsonb, cell bigint,
    shape_longitude double precision, shape_latitude double precision
)"""

COPY_STAGE: Final = "COPY stage FROM STDIN"
ANALYZE_STAGE: Final = "ANALYZE stage (line, address_key, street_key, lot, section, plan_type, plan, assessment)"

# A state's register can name a lot by its own number alone.
RESOLVE_NUMBERED_PARCELS: Final = """
UPDATE stage SET lot = p.lot, section = p.section, plan_type = p.plan_type, plan = p.plan
FROM property.parcels p
WHERE stage.lot IS NULL AND stage.parcel_external_id IS NOT NULL AND p.organisation_id = :organisation
  AND p.external_id = stage.parcel_external_id AND p.valid_to IS DISTINCT FROM p.valid_from"""

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

# Each address once: a row that says it has ended counts only where no other row says that it stands.
CREATE_STAGED_ADDRESSES: Final = f"""
CREATE TEMPORARY TABLE staged_addresses AS
SELECT each.*, a.id AS was_id, coalesce(a.id, {new_id("each.n")}) AS id
FROM (
    SELECT once.*, {NEXT} AS n FROM (
        SELECT DISTINCT ON (s.address_key)
            s.address_key, s.line, s.text, s.street_key, s.street_name, s.street_type, s.street_suffix, s.locality,
            s.building, s.level_type, s.level, s.flat_type, s.flat, s.number, s.number_suffix, s.number_last,
            s.address_lot, s.postcode, s.from_number, s.from_suffix, s.to_number, s.to_suffix, s.unit_order,
            s.unit_code, s.longitude, s.latitude, s.address_from, s.address_to, s.address_external_id,
            coalesce(s.address_to <= :now, false) AS is_over
        FROM stage s WHERE s.address_key IS NOT NULL
        ORDER BY s.address_key, coalesce(s.address_to <= :now, false), s.line
    ) once
) each
LEFT JOIN property.addresses a ON a.organisation_id = :organisation AND a.key = each.address_key"""  # noqa: S608  (parts of our own)

# A line that gives a status or an area says more than one that only names the lot.
CREATE_STAGED_PARCELS: Final = f"""
CREATE TEMPORARY TABLE staged_parcels AS
SELECT each.*, p.id AS was_id, coalesce(p.id, {new_id("each.n")}) AS id
FROM (
    SELECT once.*, {NEXT} AS n FROM (
        SELECT DISTINCT ON (s.plan, s.lot, s.section, s.plan_type)
            s.plan, s.lot, s.section, s.plan_type, s.line, s.status, s.area, s.is_part, s.is_synthetic,
            s.parcel_from, s.parcel_to, s.parcel_external_id,
            coalesce(s.status = 'historic', false) OR coalesce(s.parcel_to <= :now, false) AS is_over
        FROM stage s WHERE s.lot IS NOT NULL
        ORDER BY s.plan, s.lot, s.section, s.plan_type, coalesce(s.parcel_to <= :now, false),
                 s.status IS NULL AND s.area IS NULL, s.line
    ) once
) each
LEFT JOIN property.parcels p ON p.organisation_id = :organisation
    AND (p.plan, p.lot, p.section, p.plan_type) = (each.plan, each.lot, each.section, each.plan_type)"""  # noqa: S608  (parts of our own)

CREATE_STAGED_ASSESSMENTS: Final = f"""
CREATE TEMPORARY TABLE staged_assessments AS
SELECT each.number, each.line, m.id AS was_id, coalesce(m.id, {new_id("each.n")}) AS id
FROM (
    SELECT once.*, {NEXT} AS n FROM (
        SELECT s.assessment AS number, min(s.line) AS line FROM stage s WHERE s.assessment IS NOT NULL
        GROUP BY s.assessment ORDER BY s.assessment
    ) once
) each
LEFT JOIN property.assessments m ON m.organisation_id = :organisation AND m.number = each.number"""  # noqa: S608  (parts of our own)

# Each thing that a row says once: this address, this parcel and this assessment belong together.
CREATE_LINKED: Final = f"""
CREATE TEMPORARY TABLE linked AS
SELECT once.*, {new_id(NEXT)} AS property_id FROM (
    SELECT DISTINCT ON (a.id, p.id, m.id) a.id AS address_id, p.id AS parcel_id, m.id AS assessment_id, s.line
    FROM (SELECT line, address_key, plan, lot, section, plan_type, assessment FROM stage) s
    LEFT JOIN staged_addresses a ON a.address_key = s.address_key AND NOT a.is_over
    LEFT JOIN staged_parcels p
        ON (p.plan, p.lot, p.section, p.plan_type) = (s.plan, s.lot, s.section, s.plan_type)
    LEFT JOIN staged_assessments m ON m.number = s.assessment
    WHERE num_nonnulls(a.id, p.id, m.id) > 0
    ORDER BY a.id, p.id, m.id, s.line
) once"""  # noqa: S608  (parts of our own)

ANALYZE_STAGED: Final = "ANALYZE staged_addresses, staged_parcels, staged_assessments, linked"
DROP_TEMPORARY: Final = (
    "DROP TABLE IF EXISTS stage, staged_addresses, staged_parcels, staged_assessments, linked, bound, said, owned,"
    " touched, settled, labelled, standing"
)
