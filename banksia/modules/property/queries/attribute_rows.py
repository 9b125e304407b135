"""The SQL of an import of attributes: values that are new, that others replace, and that a complete file lacks."""

from typing import Final

from banksia.modules.property.queries.journaling import journaled
from banksia.modules.property.queries.keyed_rows import PARCELS_OF_KEYS, PROPERTIES_OF_ASSESSMENTS, PROPERTIES_OF_ROWS

CREATE_STAGE: Final = """
CREATE TEMPORARY TABLE keyed (
    n integer, parcels jsonb, line integer, assessment text COLLATE "C", key_text text, cells jsonb, value_id uuid,
    definition_id uuid, is_of_parcel boolean, value text, detail text, source text, as_at_on date
)"""
COPY_STAGE: Final = "COPY keyed FROM STDIN"

# What is true of parcels belongs to those that the row names, else to all that its assessment has now.
CREATE_PLACED: Final = f"""
CREATE TEMPORARY TABLE placed AS
WITH parcels AS ({PARCELS_OF_KEYS}), properties AS ({PROPERTIES_OF_ROWS})
SELECT p.n, p.parcel_id, CAST(NULL AS uuid) AS property_id FROM parcels p
JOIN keyed s ON s.n = p.n AND s.is_of_parcel
UNION
SELECT a.n, c.id, NULL FROM ({PROPERTIES_OF_ASSESSMENTS}) a
JOIN keyed s ON s.n = a.n AND s.is_of_parcel
JOIN property.property_parcels pp ON pp.organisation_id = :organisation AND pp.property_id = a.property_id
    AND pp.valid_to IS NULL
JOIN property.parcels c ON c.organisation_id = :organisation AND c.id = pp.parcel_id AND c.status <> 'historic'
WHERE NOT EXISTS (SELECT FROM row_keys k WHERE k.n = a.n)
UNION
SELECT p.n, NULL, p.property_id FROM properties p
JOIN keyed s ON s.n = p.n AND NOT s.is_of_parcel"""  # noqa: S608  (parts of our own)

# When a file says something twice, the later line counts.
CREATE_WANTED: Final = """
CREATE TEMPORARY TABLE wanted AS
SELECT DISTINCT ON (s.definition_id, p.parcel_id, p.property_id)
    s.n, s.definition_id, p.parcel_id, p.property_id, s.value, s.detail, s.source, s.as_at_on
FROM placed p JOIN keyed s ON s.n = p.n
ORDER BY s.definition_id, p.parcel_id, p.property_id, s.n DESC"""

COUNT_REPEATED: Final = "SELECT (SELECT count(*) FROM placed) - (SELECT count(*) FROM wanted)"

# `before_id` is the value that holds now; one that speaks of a later day than the file's is not replaced.
CREATE_FRESH: Final = """
CREATE TEMPORARY TABLE fresh AS
SELECT w.*, v.id AS before_id, coalesce(v.as_at_on > w.as_at_on, false) AS is_older,
       row_number() OVER (PARTITION BY w.n ORDER BY w.parcel_id, w.property_id) AS place
FROM wanted w
LEFT JOIN property.attribute_values v ON v.organisation_id = :organisation AND v.definition_id = w.definition_id
    AND v.valid_to IS NULL
    AND (v.parcel_id = w.parcel_id OR v.property_id = w.property_id)
WHERE v.id IS NULL
   OR (v.value, v.detail, v.source, v.as_at_on) IS DISTINCT FROM (w.value, w.detail, w.source, w.as_at_on)"""

COUNT_FRESH: Final = """
SELECT count(*) FILTER (WHERE before_id IS NULL) AS new,
       count(*) FILTER (WHERE before_id IS NOT NULL AND NOT is_older) AS changed,
       count(*) FILTER (WHERE is_older) AS older
FROM fresh"""

END_REPLACED: Final = journaled(
    "attribute_values",
    ("id",),
    ("valid_to",),
    """
    SELECT before_id AS id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to
    FROM fresh WHERE before_id IS NOT NULL AND NOT is_older""",
)

END_MISSING: Final = journaled(
    "attribute_values",
    ("id",),
    ("valid_to",),
    """
    SELECT v.id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to
    FROM property.attribute_values v
    JOIN property.import_runs r ON r.organisation_id = :organisation AND r.id = v.import_run_id
    WHERE v.organisation_id = :organisation AND v.valid_to IS NULL AND r.source_id = CAST(:source AS uuid)
      AND NOT EXISTS (SELECT FROM wanted w
                      WHERE w.definition_id = v.definition_id
                        AND (w.parcel_id, w.property_id) IS NOT DISTINCT FROM (v.parcel_id, v.property_id))""",
)

INSERT_VALUES: Final = """
INSERT INTO property.attribute_values
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, definition_id, parcel_id, property_id,
     value, detail, source, as_at_on)
SELECT :organisation, CASE WHEN f.place = 1 THEN s.value_id ELSE gen_random_uuid() END, :now, :run, s.line, :now,
       f.definition_id, f.parcel_id, f.property_id, f.value, f.detail, f.source, f.as_at_on
FROM fresh f JOIN keyed s ON s.n = f.n
WHERE NOT f.is_older
ORDER BY s.n"""
