"""The SQL of an import, part two: streets, addresses, parcels, assessments and shapes become part of the truth."""

from typing import Final

from banksia.modules.property.queries.journaling import NEXT, journaled, new_id

INSERT_STREETS: Final = f"""
INSERT INTO property.streets
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, key, name, type, suffix, locality)
SELECT CAST(:organisation AS uuid), {new_id(NEXT)}, CAST(:now AS timestamptz), CAST(:run AS uuid), s.line,
       CAST(:now AS timestamptz), s.street_key, s.street_name, s.street_type, s.street_suffix, s.locality
FROM (
    SELECT DISTINCT ON (street_key) street_key, street_name, street_type, street_suffix, locality, line
    FROM staged_addresses WHERE was_id IS NULL AND NOT is_over ORDER BY street_key, line
) s
LEFT JOIN property.streets t ON t.organisation_id = :organisation AND t.key = s.street_key
WHERE t.id IS NULL"""  # noqa: S608  (parts of our own)

REOPEN_STREETS: Final = journaled(
    "streets",
    ("id",),
    ("valid_to",),
    """
    SELECT DISTINCT ON (t.id) t.id, s.line, CAST(NULL AS timestamptz) AS valid_to
    FROM staged_addresses s JOIN property.streets t ON t.organisation_id = :organisation AND t.key = s.street_key
    WHERE NOT s.is_over AND t.valid_to IS NOT NULL
    ORDER BY t.id, s.line""",
)

INSERT_ADDRESSES: Final = """
INSERT INTO property.addresses
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, key, text, street_id, building,
     level_type, level, flat_type, flat, number, number_suffix, number_last, lot, postcode, external_id, longitude,
     latitude, from_number, from_suffix, to_number, to_suffix, unit_order, unit_code)
SELECT CAST(:organisation AS uuid), s.id, CAST(:now AS timestamptz), CAST(:run AS uuid), s.line,
       least(s.address_from, CAST(:now AS timestamptz)), s.address_key, s.text, t.id, s.building, s.level_type,
       s.level, s.flat_type, s.flat, s.number, s.number_suffix, s.number_last, s.address_lot, s.postcode,
       s.address_external_id, s.longitude, s.latitude, s.from_number, s.from_suffix, s.to_number, s.to_suffix,
       s.unit_order, s.unit_code
FROM staged_addresses s
JOIN property.streets t ON t.organisation_id = :organisation AND t.key = s.street_key
WHERE s.was_id IS NULL AND NOT s.is_over
ORDER BY s.address_key"""

# Only what the file gives is compared: a file without coordinates does not take them away. A postcode that an approved
# correction has set stays. An address that is listed again holds again, and one that never held does so from now on.
UPDATE_ADDRESSES: Final = journaled(
    "addresses",
    ("id",),
    ("longitude", "latitude", "postcode", "external_id", "valid_from", "valid_to"),
    """
    SELECT * FROM (
        SELECT a.id, s.line, coalesce(s.longitude, a.longitude) AS longitude,
               coalesce(s.latitude, a.latitude) AS latitude,
               CASE WHEN b.id IS NULL THEN coalesce(s.postcode, a.postcode) ELSE a.postcode END AS postcode,
               coalesce(s.address_external_id, a.external_id) AS external_id,
               CASE WHEN a.valid_to = a.valid_from AND NOT s.is_over THEN least(s.address_from, :now)
                    ELSE a.valid_from END AS valid_from,
               CASE WHEN NOT s.is_over THEN NULL WHEN a.valid_to IS NOT NULL THEN a.valid_to
                    WHEN s.address_to > a.valid_from THEN s.address_to ELSE :now END AS valid_to
        FROM staged_addresses s
        JOIN property.addresses a ON a.organisation_id = :organisation AND a.id = s.was_id
        LEFT JOIN bound b ON b.record_id = a.id AND b.field = 'postcode'
        WHERE s.was_id IS NOT NULL
    ) said
    WHERE EXISTS (
        SELECT FROM property.addresses a
        WHERE a.organisation_id = :organisation AND a.id = said.id
          AND (a.longitude, a.latitude, a.postcode, a.external_id, a.valid_from, a.valid_to)
              IS DISTINCT FROM (said.longitude, said.latitude, said.postcode, said.external_id, said.valid_from,
                                said.valid_to))""",
)

INSERT_PARCELS: Final = """
INSERT INTO property.parcels
    (organisation_id, id, created_at, import_run_id, source_line, valid_from, valid_to, lot, section, plan_type, plan,
     status, is_part, is_synthetic, external_id, area_square_metres)
SELECT CAST(:organisation AS uuid), s.id, CAST(:now AS timestamptz), CAST(:run AS uuid), s.line, first.moment,
       CASE WHEN s.is_over AND s.parcel_to > first.moment THEN s.parcel_to END,
       s.lot, s.section, s.plan_type, s.plan,
       CASE WHEN s.is_over THEN 'historic' ELSE coalesce(s.status, 'current') END,
       s.is_part, s.is_synthetic, s.parcel_external_id, s.area
FROM staged_parcels s
CROSS JOIN LATERAL (
    SELECT least(s.parcel_from, CASE WHEN s.parcel_from IS NULL AND s.parcel_to <= :now
                                     THEN s.parcel_to - interval '1 microsecond' END, CAST(:now AS timestamptz))
    AS moment) first
WHERE s.was_id IS NULL
ORDER BY s.plan, s.lot, s.section, s.plan_type"""

# A lot that had ended holds again when a file says so, or when its own source lists it again; not when a recorded
# subdivision ended it. Columns that an approved correction has set stay.
UPDATE_PARCELS: Final = journaled(
    "parcels",
    ("id",),
    ("status", "area_square_metres", "external_id", "is_synthetic", "valid_from", "valid_to"),
    """
    SELECT * FROM (
        SELECT p.id, s.line,
               CASE WHEN fixed.id IS NOT NULL OR (p.status = 'historic' AND NOT s.is_over AND NOT again.holds)
                    THEN p.status
                    WHEN s.is_over THEN 'historic' WHEN again.holds THEN coalesce(s.status, 'current')
                    ELSE coalesce(s.status, p.status) END AS status,
               CASE WHEN area.id IS NULL THEN coalesce(s.area, p.area_square_metres)
                    ELSE p.area_square_metres END AS area_square_metres,
               coalesce(s.parcel_external_id, p.external_id) AS external_id,
               p.is_synthetic AND s.is_synthetic AS is_synthetic,
               CASE WHEN again.never AND NOT s.is_over THEN least(s.parcel_from, :now) ELSE p.valid_from
                    END AS valid_from,
               CASE WHEN fixed.id IS NOT NULL THEN p.valid_to
                    WHEN s.is_over AND (p.status = 'historic' OR p.valid_to IS NOT NULL) THEN p.valid_to
                    WHEN s.is_over AND s.parcel_to > p.valid_from THEN s.parcel_to WHEN s.is_over THEN :now
                    WHEN again.holds THEN NULL ELSE p.valid_to END AS valid_to
        FROM staged_parcels s
        JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = s.was_id
        LEFT JOIN bound fixed ON fixed.record_id = p.id AND fixed.field = 'status'
        LEFT JOIN bound area ON area.record_id = p.id AND area.field = 'area_square_metres'
        LEFT JOIN property.import_runs r ON r.organisation_id = :organisation AND r.id = p.import_run_id
        CROSS JOIN LATERAL (
            SELECT coalesce(p.valid_to = p.valid_from, false) AS never,
                   NOT s.is_over AND (p.valid_to IS NOT NULL OR p.status = 'historic') AND (
                       coalesce(p.valid_to = p.valid_from, false)
                       OR ((s.status IS NOT NULL OR
                            (p.valid_to IS NOT NULL AND r.source_id IS NOT DISTINCT FROM CAST(:source AS uuid)))
                           AND NOT EXISTS (
                               SELECT FROM property.lineage_parcels side
                               JOIN property.lineage_events e ON e.id = side.event_id AND e.valid_to IS NULL
                               WHERE side.organisation_id = :organisation AND side.parcel_id = p.id
                                 AND side.side = 'parent'))) AS holds
        ) again
        WHERE s.was_id IS NOT NULL
    ) said
    WHERE EXISTS (
        SELECT FROM property.parcels p
        WHERE p.organisation_id = :organisation AND p.id = said.id
          AND (p.status, p.area_square_metres, p.external_id, p.is_synthetic, p.valid_from, p.valid_to)
              IS DISTINCT FROM (said.status, said.area_square_metres, said.external_id, said.is_synthetic,
                                said.valid_from, said.valid_to))""",
)

INSERT_ASSESSMENTS: Final = """
INSERT INTO property.assessments (organisation_id, id, created_at, import_run_id, source_line, valid_from, number)
SELECT :organisation, s.id, :now, :run, s.line, :now, s.number FROM staged_assessments s
WHERE s.was_id IS NULL ORDER BY s.number"""

REOPEN_ASSESSMENTS: Final = journaled(
    "assessments",
    ("id",),
    ("valid_from", "valid_to"),
    """
    SELECT m.id, s.line, CASE WHEN m.valid_to = m.valid_from THEN :now ELSE m.valid_from END AS valid_from,
           CAST(NULL AS timestamptz) AS valid_to
    FROM staged_assessments s
    JOIN property.assessments m ON m.organisation_id = :organisation AND m.id = s.was_id
    WHERE m.valid_to IS NOT NULL""",
)

_SHAPES: Final = """
    SELECT DISTINCT ON (p.id) p.id AS parcel_id, s.line, s.cell, s.shape_longitude AS longitude,
           s.shape_latitude AS latitude, s.geometry, s.is_synthetic
    FROM stage s
    JOIN staged_parcels p ON (p.plan, p.lot, p.section, p.plan_type) = (s.plan, s.lot, s.section, s.plan_type)
    WHERE s.geometry IS NOT NULL
    ORDER BY p.id, s.line"""

INSERT_SHAPES: Final = f"""
INSERT INTO property.parcel_shapes
    (organisation_id, parcel_id, import_run_id, source_line, valid_from, cell, longitude, latitude, geometry,
     is_synthetic)
SELECT CAST(:organisation AS uuid), s.parcel_id, CAST(:run AS uuid), s.line, CAST(:now AS timestamptz), s.cell,
       s.longitude, s.latitude, s.geometry, s.is_synthetic
FROM ({_SHAPES}) s
LEFT JOIN property.parcel_shapes x ON x.organisation_id = :organisation AND x.parcel_id = s.parcel_id
WHERE x.parcel_id IS NULL"""  # noqa: S608  (parts of our own)

# An invented shape never takes the place of a surveyed one.
UPDATE_SHAPES: Final = journaled(
    "parcel_shapes",
    ("parcel_id",),
    ("cell", "longitude", "latitude", "geometry", "is_synthetic", "valid_from", "valid_to"),
    f"""
    SELECT s.parcel_id, s.line, s.cell, s.longitude, s.latitude, s.geometry, s.is_synthetic,
           CASE WHEN x.valid_to = x.valid_from THEN :now ELSE x.valid_from END AS valid_from,
           CAST(NULL AS timestamptz) AS valid_to
    FROM ({_SHAPES}) s
    JOIN property.parcel_shapes x ON x.organisation_id = :organisation AND x.parcel_id = s.parcel_id
    WHERE (x.is_synthetic OR NOT s.is_synthetic OR x.valid_to IS NOT NULL)
      AND x.import_run_id IS DISTINCT FROM CAST(:run AS uuid)
      AND (x.geometry, x.is_synthetic, x.valid_to) IS DISTINCT FROM (s.geometry, s.is_synthetic, NULL)""",  # noqa: S608  (parts of our own)
)
