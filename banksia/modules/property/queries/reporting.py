"""What an import reports: samples of its records, and what is suspicious in its file."""

from typing import Final

SAMPLES: Final = 10

NEW_SAMPLES: Final = f"""
(SELECT 'address' AS kind, text AS label, line FROM staged_addresses
 WHERE was_id IS NULL AND NOT is_over ORDER BY line LIMIT {SAMPLES})
UNION ALL
(SELECT 'parcel', lot || '/' || section || '/' || plan_type || plan, line FROM staged_parcels
 WHERE was_id IS NULL ORDER BY line LIMIT {SAMPLES})
UNION ALL
(SELECT 'assessment', number, line FROM staged_assessments WHERE was_id IS NULL ORDER BY line LIMIT {SAMPLES})"""  # noqa: S608  (parts of our own)

_LABELLED: Final = """
SELECT c.kind, coalesce(a.text, p.lot || '/' || p.section || '/' || p.plan_type || p.plan, m.number) AS label,
       CAST(c.after ->> 'source_line' AS integer) AS line,
       c.before - ARRAY['import_run_id', 'source_line'] AS before,
       c.after - ARRAY['import_run_id', 'source_line'] AS after
FROM (
    SELECT c.id, c.record_id, c.before, c.after,
           CASE c.table_name WHEN 'addresses' THEN 'address' WHEN 'parcels' THEN 'parcel' ELSE 'assessment' END AS kind
    FROM property.changes c
    WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid)
      AND c.table_name IN ('addresses', 'parcels', 'assessments') AND {which}
    ORDER BY c.id LIMIT {samples}
) c
LEFT JOIN property.addresses a ON a.organisation_id = :organisation AND a.id = c.record_id AND c.kind = 'address'
LEFT JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = c.record_id AND c.kind = 'parcel'
LEFT JOIN property.assessments m ON m.organisation_id = :organisation AND m.id = c.record_id
    AND c.kind = 'assessment'
ORDER BY c.id"""

_ENDS: Final = "jsonb_typeof(c.after -> 'valid_to') = 'string'"
CHANGED_SAMPLES: Final = _LABELLED.format(which=f"{_ENDS} IS NOT TRUE", samples=SAMPLES)
ENDED_SAMPLES: Final = _LABELLED.format(which=_ENDS, samples=SAMPLES)

# Each answers how many, and a few of them.
_COUNTED: Final = "SELECT count(*) AS count, (array_agg(DISTINCT label))[1:5] AS examples FROM ({found}) found"

REPEATED: Final = f"""
SELECT coalesce(sum(n - 1), 0) AS count, (array_agg(text ORDER BY n DESC, text))[1:5] AS examples FROM (
    SELECT address_key, min(text) AS text, count(*) AS n FROM stage
    WHERE address_key IS NOT NULL AND (lot IS NULL OR is_synthetic)
    GROUP BY address_key HAVING count(*) > 1 ORDER BY count(*) DESC LIMIT 10000
) repeated"""  # noqa: F541

TWO_ASSESSMENTS: Final = _COUNTED.format(
    found="""
    SELECT lot || '/' || section || '/' || plan_type || plan AS label FROM stage
    WHERE lot IS NOT NULL AND assessment IS NOT NULL
    GROUP BY lot, section, plan_type, plan HAVING count(DISTINCT assessment) > 1"""
)
ORPHANS: Final = _COUNTED.format(
    found="SELECT text AS label FROM stage WHERE lot IS NULL AND assessment IS NULL AND address_key IS NOT NULL"
)
UNKNOWN_PARCELS: Final = _COUNTED.format(
    found="SELECT parcel_external_id AS label FROM stage WHERE lot IS NULL AND parcel_external_id IS NOT NULL"
)
IMPOSSIBLE_NUMBERS: Final = _COUNTED.format(
    found="""
    SELECT coalesce(text, lot || '/' || section || '/' || plan_type || plan) AS label FROM stage
    WHERE from_number BETWEEN 100000 AND 9999999 OR (to_number < from_number AND from_number < 10000000)
       OR area <= 0 OR area > 1e11"""
)
IMPOSSIBLE_VALIDITY: Final = _COUNTED.format(
    found="""
    SELECT coalesce(text, lot || '/' || section || '/' || plan_type || plan) AS label FROM stage
    WHERE address_to < address_from OR parcel_to < parcel_from"""
)

# A council is at most a few hundred kilometres wide: two degrees from the middle of the file is another place.
FAR_POINTS: Final = _COUNTED.format(
    found="""
    SELECT coalesce(s.text, s.lot) AS label
    FROM stage s, (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY longitude) AS longitude,
                          percentile_disc(0.5) WITHIN GROUP (ORDER BY latitude) AS latitude FROM stage) middle
    WHERE abs(s.longitude - middle.longitude) > 3 OR abs(s.latitude - middle.latitude) > 3"""
)
SHAPE_OF_FILE: Final = """
SELECT count(*) AS rows, count(lot) FILTER (WHERE NOT is_synthetic) AS with_parcel, count(longitude) AS with_point
FROM stage"""

NEW_PARCELS: Final = "SELECT id FROM staged_parcels WHERE was_id IS NULL AND NOT is_over ORDER BY id"
ENDED_PARCELS: Final = f"""
SELECT c.record_id FROM property.changes c
WHERE c.organisation_id = :organisation AND c.import_run_id = CAST(:run AS uuid) AND c.table_name = 'parcels'
  AND {_ENDS} ORDER BY c.id"""  # noqa: S608  (a part of our own)
TOUCHED: Final = "SELECT id FROM touched ORDER BY id"
