"""The SQL of an import of owners: who is new, and who of a property that the file names is no longer listed."""

from typing import Final

from banksia.modules.property.queries.journaling import journaled
from banksia.modules.property.queries.keyed_rows import PROPERTIES_OF_ROWS

CREATE_STAGE: Final = """
CREATE TEMPORARY TABLE keyed (
    n integer, parcels jsonb, line integer, assessment text COLLATE "C", key_text text, cells jsonb, owner_id uuid,
    name text, postal_address text, email text, owned_since_on date, words text[]
)"""
COPY_STAGE: Final = "COPY keyed FROM STDIN"

CREATE_PLACED: Final = f"CREATE TEMPORARY TABLE placed AS {PROPERTIES_OF_ROWS}"

CREATE_WANTED: Final = """
CREATE TEMPORARY TABLE wanted AS
SELECT DISTINCT ON (p.property_id, s.name, s.postal_address, s.email, s.owned_since_on)
    s.n, p.property_id, s.name, s.postal_address, s.email, s.owned_since_on
FROM placed p JOIN keyed s ON s.n = p.n
ORDER BY p.property_id, s.name, s.postal_address, s.email, s.owned_since_on, s.n"""

_SAME = """w.property_id = o.property_id AND w.name = o.name
    AND (w.postal_address, w.email, w.owned_since_on) IS NOT DISTINCT FROM (o.postal_address, o.email, o.owned_since_on)
"""

CREATE_FRESH: Final = f"""
CREATE TEMPORARY TABLE fresh AS
SELECT w.*, row_number() OVER (PARTITION BY w.n ORDER BY w.property_id) AS place FROM wanted w
WHERE NOT EXISTS (SELECT FROM property.owners o
                  WHERE o.organisation_id = :organisation AND o.property_id = w.property_id AND o.valid_to IS NULL
                    AND {_SAME})"""  # noqa: S608  (parts of our own)

# Of a property that the file names, its source's owners are those that it lists; a complete file names every property.
END_OWNERS: Final = journaled(
    "owners",
    ("id",),
    ("valid_to",),
    f"""
    SELECT o.id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to FROM property.owners o
    LEFT JOIN property.import_runs r ON r.organisation_id = :organisation AND r.id = o.import_run_id
    WHERE o.organisation_id = :organisation AND o.valid_to IS NULL
      AND r.source_id IS NOT DISTINCT FROM CAST(:source AS uuid)
      AND (:is_complete OR o.property_id IN (SELECT property_id FROM wanted))
      AND NOT EXISTS (SELECT FROM wanted w WHERE {_SAME})""",  # noqa: S608  (parts of our own)
)

INSERT_OWNERS: Final = """
INSERT INTO property.owners
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, property_id, name, postal_address,
     email, owned_since_on)
SELECT :organisation, CASE WHEN f.place = 1 THEN s.owner_id ELSE gen_random_uuid() END, :now, :run, s.line, :now,
       f.property_id, s.name, s.postal_address, s.email, s.owned_since_on
FROM fresh f JOIN keyed s ON s.n = f.n
ORDER BY s.n"""

INSERT_WORDS: Final = """
INSERT INTO property.owner_words (organisation_id, word, owner_id)
SELECT DISTINCT CAST(:organisation AS uuid), word, o.id
FROM fresh f JOIN keyed s ON s.n = f.n
JOIN property.owners o ON o.organisation_id = :organisation AND o.property_id = f.property_id
    AND o.import_run_id = :run AND o.name = s.name AND o.valid_to IS NULL
CROSS JOIN LATERAL unnest(s.words) AS word
ON CONFLICT DO NOTHING"""

TOUCHED: Final = """
SELECT property_id FROM fresh
UNION
SELECT property_id FROM property.owners
WHERE organisation_id = :organisation AND import_run_id = :run AND valid_to = :now"""
