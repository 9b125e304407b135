"""The SQL that owners and attributes of a file share: where each row belongs, and which rows nobody can place.

`keyed` holds the rows by their number `n`; `row_keys` the parcels that they name. The parameters are the organisation,
the import run, its source and the present moment.
"""

from typing import Final

DROP_TEMPORARY: Final = "DROP TABLE IF EXISTS keyed, row_keys, placed, wanted, fresh"
SOURCE_OF_RUN: Final = """
SELECT r.source_id, coalesce(s.is_complete, false) AS is_complete FROM property.import_runs r
LEFT JOIN property.sources s ON s.organisation_id = :organisation AND s.id = r.source_id
WHERE r.organisation_id = :organisation AND r.id = :run"""

CREATE_KEYS: Final = """
CREATE TEMPORARY TABLE row_keys AS
SELECT s.n, k.plan COLLATE "C" AS plan, k.lot COLLATE "C" AS lot, k.section COLLATE "C" AS section,
       k.plan_type COLLATE "C" AS plan_type, k.is_bare
FROM keyed s
CROSS JOIN LATERAL jsonb_to_recordset(s.parcels)
    AS k (plan text, lot text, section text, plan_type text, is_bare boolean)"""
ANALYZE: Final = "ANALYZE keyed, row_keys"

# A bare plan number means DP, and SP when no such DP exists but such an SP does.
RESOLVE_BARE_PLANS: Final = """
UPDATE row_keys k SET plan_type = 'SP'
WHERE is_bare
  AND NOT EXISTS (SELECT FROM property.parcels p
                  WHERE p.organisation_id = :organisation AND p.plan = k.plan AND p.plan_type = 'DP')
  AND EXISTS (SELECT FROM property.parcels p
              WHERE p.organisation_id = :organisation AND p.plan = k.plan AND p.plan_type = 'SP')"""

PARCELS_OF_KEYS: Final = """
SELECT DISTINCT k.n, p.id AS parcel_id FROM row_keys k
JOIN property.parcels p ON p.organisation_id = :organisation
    AND (p.plan, p.lot, p.section, p.plan_type) = (k.plan, k.lot, k.section, k.plan_type)
WHERE p.valid_to IS DISTINCT FROM p.valid_from"""

PROPERTIES_OF_ASSESSMENTS: Final = """
SELECT s.n, o.id AS property_id FROM keyed s
JOIN property.assessments m ON m.organisation_id = :organisation AND m.number = s.assessment
JOIN property.properties o ON o.organisation_id = :organisation AND o.assessment_id = m.id AND o.valid_to IS NULL"""

# The assessment decides; the parcels do where it is not given or not known.
PROPERTIES_OF_ROWS: Final = f"""
WITH by_assessment AS ({PROPERTIES_OF_ASSESSMENTS})
SELECT n, property_id FROM by_assessment
UNION
SELECT k.n, pp.property_id FROM ({PARCELS_OF_KEYS}) k
JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.parcel_id = k.parcel_id
    AND pp.valid_to IS NULL
JOIN property.properties o ON o.organisation_id = :organisation AND o.id = pp.property_id AND o.valid_to IS NULL
WHERE NOT EXISTS (SELECT FROM by_assessment b WHERE b.n = k.n)"""  # noqa: S608  (parts of our own)

INSERT_UNMATCHED: Final = """
INSERT INTO property.unmatched_rows
    (organisation_id, id, created_at, import_run_id, kind, line, key, cells, reason)
SELECT :organisation, gen_random_uuid(), :now, :run, :kind, s.line, s.key_text, s.cells,
       CASE WHEN s.assessment IS NULL THEN 'The council knows no such parcel.'
            WHEN EXISTS (SELECT FROM row_keys k WHERE k.n = s.n)
                THEN 'The council knows neither the assessment nor a parcel of this row.'
            ELSE 'The council knows no such assessment.' END
FROM keyed s
WHERE NOT EXISTS (SELECT FROM placed p WHERE p.n = s.n)
ORDER BY s.n"""

# What an earlier file of the source could not place is settled by this one: it is placed, listed again, or gone.
RESOLVE_EARLIER: Final = """
UPDATE property.unmatched_rows u SET resolved_at = :now
FROM property.import_runs r
WHERE u.organisation_id = :organisation AND u.kind = :kind AND u.resolved_at IS NULL AND u.import_run_id <> :run
  AND r.organisation_id = :organisation AND r.id = u.import_run_id
  AND r.source_id IS NOT DISTINCT FROM CAST(:source AS uuid)"""
