"""Look documents up one by one, newest first, until a search has enough."""

from alembic import op

revision = "fil0004"
down_revision = "fil0003"
branch_labels = None
depends_on = None

# Joined as sets, the documents of a rare word were found by reading all documents of the table: 145 ms of a million,
# where a hundred look-ups take one. `OFFSET 0` keeps the look-up a look-up.
BY_LOOK_UP = """
CREATE OR REPLACE FUNCTION files.find_documents(
    wanted tsquery, of_property uuid, folder_kind text, number text, from_on date, until_on date, person text,
    restricted boolean, most integer
) RETURNS TABLE (document_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET gin_fuzzy_search_limit = 5000 AS $$
DECLARE
    council uuid := nullif(current_setting('banksia.organisation_id', true), '')::uuid;
BEGIN
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT w.document_id AS id FROM files.document_words w
         WHERE of_property IS NULL AND w.words @@ wanted AND w.organisation_id = council
        UNION ALL
        SELECT w.document_id
          FROM (SELECT d.id FROM files.documents d
                 WHERE d.organisation_id = council AND d.property_id = of_property
                UNION
                SELECT l.document_id FROM files.document_links l
                 WHERE l.organisation_id = council AND l.property_id = of_property) own
          JOIN files.document_words w ON w.document_id = own.id AND w.organisation_id = council
         WHERE of_property IS NOT NULL AND w.words @@ wanted
    )
    SELECT newest.id
      FROM (SELECT found.id FROM found ORDER BY found.id DESC) newest
     CROSS JOIN LATERAL (
        SELECT
          FROM files.documents d
          JOIN files.folders f ON f.id = d.folder_id
         WHERE d.id = newest.id AND d.organisation_id = council AND d.state = 'present'
           AND (restricted OR NOT f.is_restricted)
           AND (folder_kind IS NULL OR f.kind = folder_kind)
           AND (number IS NULL OR f.application_number = number)
           AND (from_on IS NULL OR
                coalesce(d.dated_on, (d.created_at AT TIME ZONE 'Australia/Sydney')::date) >= from_on)
           AND (until_on IS NULL OR
                coalesce(d.dated_on, (d.created_at AT TIME ZONE 'Australia/Sydney')::date) <= until_on)
           AND (person IS NULL OR EXISTS (
                SELECT FROM files.document_versions v
                 WHERE v.organisation_id = council AND v.document_id = d.id
                   AND strpos(lower(v.added_by_name), lower(person)) > 0))
        OFFSET 0) one
     ORDER BY newest.id DESC
     LIMIT most;
END $$
"""


def upgrade() -> None:
    """Replace the function; its grants stay."""
    op.execute(BY_LOOK_UP)


def downgrade() -> None:
    """Leave it: the one before took the same and answered the same."""
