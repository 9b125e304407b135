"""The SQL of an import of a complete source: what belongs to the source and is no longer listed ends.

A record belongs to the source of the import that wrote it last. A lot that ends becomes historic and keeps its
addresses and its property, so that it can still be found; an address leaves the lots that go on.
"""

from typing import Final

from banksia.modules.property.queries.journaling import journaled

CREATE_OWNED: Final = """
CREATE TEMPORARY TABLE owned AS
SELECT r.id FROM property.import_runs r
WHERE r.organisation_id = :organisation AND r.source_id = CAST(:source AS uuid) AND r.id <> CAST(:run AS uuid)"""

COUNT_OWNED: Final = """
SELECT (SELECT count(*) FROM property.addresses a JOIN owned w ON w.id = a.import_run_id
        WHERE a.organisation_id = :organisation AND a.valid_to IS NULL)
     + (SELECT count(*) FROM property.parcels p JOIN owned w ON w.id = p.import_run_id
        WHERE p.organisation_id = :organisation AND p.valid_to IS NULL)
     + (SELECT count(*) FROM property.assessments m JOIN owned w ON w.id = m.import_run_id
        WHERE m.organisation_id = :organisation AND m.valid_to IS NULL)"""

_END: Final = "SELECT x.id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to"

END_ADDRESSES: Final = journaled(
    "addresses",
    ("id",),
    ("valid_to",),
    f"""
    {_END}
    FROM property.addresses x JOIN owned w ON w.id = x.import_run_id
    WHERE x.organisation_id = :organisation AND x.valid_to IS NULL
      AND NOT EXISTS (SELECT FROM staged_addresses s WHERE s.was_id = x.id)""",
)

# What an officer decided about a lot's status stays.
END_PARCELS: Final = journaled(
    "parcels",
    ("id",),
    ("status", "valid_to"),
    f"""
    {_END}, 'historic' AS status
    FROM property.parcels x JOIN owned w ON w.id = x.import_run_id
    WHERE x.organisation_id = :organisation AND x.valid_to IS NULL AND x.status <> 'historic'
      AND NOT EXISTS (SELECT FROM staged_parcels s WHERE s.was_id = x.id)
      AND NOT EXISTS (SELECT FROM bound b WHERE b.record_id = x.id AND b.field = 'status')""",  # noqa: S608  (parts of our own)
)

SAY_ENDED: Final = """
INSERT INTO said (id, line, value, agrees)
SELECT b.id, NULL, 'historic', b.after = 'historic'
FROM bound b
JOIN property.parcels x ON x.organisation_id = :organisation AND x.id = b.record_id
JOIN owned w ON w.id = x.import_run_id
WHERE b.field = 'status' AND NOT EXISTS (SELECT FROM staged_parcels s WHERE s.was_id = x.id)"""

END_ASSESSMENTS: Final = journaled(
    "assessments",
    ("id",),
    ("valid_to",),
    f"""
    {_END}
    FROM property.assessments x JOIN owned w ON w.id = x.import_run_id
    WHERE x.organisation_id = :organisation AND x.valid_to IS NULL
      AND NOT EXISTS (SELECT FROM staged_assessments s WHERE s.was_id = x.id)""",
)

END_PARCEL_ADDRESSES: Final = journaled(
    "parcel_addresses",
    ("parcel_id", "address_id"),
    ("valid_to",),
    """
    SELECT x.parcel_id, x.address_id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to
    FROM property.parcel_addresses x
    JOIN owned w ON w.id = x.import_run_id
    JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = x.parcel_id AND p.status <> 'historic'
    WHERE x.organisation_id = :organisation AND x.valid_to IS NULL
      AND NOT EXISTS (SELECT FROM linked l WHERE l.parcel_id = x.parcel_id AND l.address_id = x.address_id)""",
)

END_ASSESSMENT_PARCELS: Final = journaled(
    "property_parcels",
    ("property_id", "parcel_id"),
    ("valid_to",),
    """
    SELECT x.property_id, x.parcel_id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to
    FROM property.property_parcels x
    JOIN owned w ON w.id = x.import_run_id
    JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = x.parcel_id AND p.status <> 'historic'
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
        AND o.assessment_id IS NOT NULL
    WHERE x.organisation_id = :organisation AND x.valid_to IS NULL
      AND NOT EXISTS (SELECT FROM linked l WHERE l.parcel_id = x.parcel_id AND l.assessment_id = o.assessment_id)""",
)

# An address that ended leaves its property; one that the file now lists elsewhere leaves its old assessment.
END_DIRECT_ADDRESSES: Final = journaled(
    "property_addresses",
    ("property_id", "address_id"),
    ("valid_to",),
    """
    SELECT x.property_id, x.address_id, CAST(NULL AS integer) AS line, CAST(:now AS timestamptz) AS valid_to
    FROM property.property_addresses x
    JOIN owned w ON w.id = x.import_run_id
    JOIN property.properties o ON o.organisation_id = :organisation AND o.id = x.property_id
    JOIN property.addresses a ON a.organisation_id = :organisation AND a.id = x.address_id
    WHERE x.organisation_id = :organisation AND x.valid_to IS NULL
      AND (a.valid_to IS NOT NULL
           OR (o.assessment_id IS NOT NULL AND NOT EXISTS (
               SELECT FROM linked l WHERE l.address_id = x.address_id AND l.assessment_id = o.assessment_id)))""",
)

# The same for addresses that the file itself says have ended.
LEAVE_ENDED_ADDRESSES: Final = (
    journaled(
        "property_addresses",
        ("property_id", "address_id"),
        ("valid_to",),
        """
        SELECT x.property_id, x.address_id, s.line, CAST(:now AS timestamptz) AS valid_to
        FROM staged_addresses s
        JOIN property.property_addresses x ON x.organisation_id = :organisation AND x.address_id = s.was_id
        WHERE s.is_over AND x.valid_to IS NULL""",
    ),
    journaled(
        "parcel_addresses",
        ("parcel_id", "address_id"),
        ("valid_to",),
        """
        SELECT x.parcel_id, x.address_id, s.line, CAST(:now AS timestamptz) AS valid_to
        FROM staged_addresses s
        JOIN property.parcel_addresses x ON x.organisation_id = :organisation AND x.address_id = s.was_id
        JOIN property.parcels p ON p.organisation_id = :organisation AND p.id = x.parcel_id
            AND p.status <> 'historic'
        WHERE s.is_over AND x.valid_to IS NULL""",
    ),
)
