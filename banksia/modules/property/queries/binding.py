"""The SQL of an import about approved corrections: they stay, and what the file says instead becomes a conflict."""

from typing import Final

from banksia.modules.property.queries.journaling import NEXT, new_id

CREATE_BOUND: Final = """
CREATE TEMPORARY TABLE bound AS
SELECT c.id, c.table_name, c.record_id, c.field, c.after, c.imported_key FROM property.corrections c
WHERE c.organisation_id = :organisation AND c.is_binding AND c.state = 'approved'"""

# What the file says of corrected fields. Of an address, whether it still names it by its old key: found first, because
# those rows are then led to the corrected address.
CREATE_SAID: Final = """
CREATE TEMPORARY TABLE said AS
SELECT b.id, min(s.line) AS line, min(s.text) AS value, false AS agrees
FROM bound b JOIN stage s ON s.address_key = b.imported_key
WHERE b.table_name = 'addresses' AND b.field = 'text'
GROUP BY b.id"""

LEAD_TO_CORRECTED: Final = """
UPDATE stage SET address_key = a.key, street_key = t.key
FROM bound b
JOIN property.addresses a ON a.organisation_id = :organisation AND a.id = b.record_id
JOIN property.streets t ON t.organisation_id = :organisation AND t.id = a.street_id
WHERE b.table_name = 'addresses' AND b.field = 'text' AND stage.address_key = b.imported_key"""

INSERT_SAID: Final = """
INSERT INTO said (id, line, value, agrees)
SELECT b.id, s.line, s.text, true FROM bound b JOIN staged_addresses s ON s.was_id = b.record_id
WHERE b.field = 'text' AND NOT EXISTS (SELECT FROM said x WHERE x.id = b.id)
UNION ALL
SELECT b.id, s.line, s.postcode, s.postcode IS NOT DISTINCT FROM b.after
FROM bound b JOIN staged_addresses s ON s.was_id = b.record_id
WHERE b.field = 'postcode' AND s.postcode IS NOT NULL
UNION ALL
SELECT b.id, s.line, CAST(s.area AS text), s.area IS NOT DISTINCT FROM CAST(b.after AS double precision)
FROM bound b JOIN staged_parcels s ON s.was_id = b.record_id
WHERE b.field = 'area_square_metres' AND s.area IS NOT NULL
UNION ALL
SELECT b.id, s.line, CASE WHEN s.is_over THEN 'historic' ELSE s.status END,
       CASE WHEN s.is_over THEN 'historic' ELSE s.status END IS NOT DISTINCT FROM b.after
FROM bound b JOIN staged_parcels s ON s.was_id = b.record_id
WHERE b.field = 'status' AND (s.is_over OR s.status IS NOT NULL)"""

# A value that somebody has decided against is not asked about again.
INSERT_CONFLICTS: Final = f"""
INSERT INTO property.conflicts AS k
    (organisation_id, id, created_at, correction_id, import_run_id, source_line, imported_value, state)
SELECT CAST(:organisation AS uuid), {new_id(NEXT)}, CAST(:now AS timestamptz), s.id, CAST(:run AS uuid), s.line,
       s.value, 'open'
FROM said s
WHERE NOT s.agrees AND NOT EXISTS (
    SELECT FROM property.conflicts x
    WHERE x.organisation_id = :organisation AND x.correction_id = s.id AND x.state = 'kept'
      AND x.imported_value IS NOT DISTINCT FROM s.value)
ON CONFLICT (organisation_id, correction_id) WHERE state = 'open'
DO UPDATE SET import_run_id = excluded.import_run_id, source_line = excluded.source_line,
              imported_value = excluded.imported_value
WHERE k.imported_value IS DISTINCT FROM excluded.imported_value"""  # noqa: S608  (parts of our own)

# The source says now what the correction says: there is nothing left to decide.
CLOSE_CONFLICTS: Final = """
UPDATE property.conflicts k SET state = 'kept', decided_at = :now, decided_by_name = :actor
FROM said s
WHERE k.organisation_id = :organisation AND k.correction_id = s.id AND s.agrees AND k.state = 'open'"""

COUNT_CONFLICTS: Final = "SELECT count(*) FROM said WHERE NOT agrees"
