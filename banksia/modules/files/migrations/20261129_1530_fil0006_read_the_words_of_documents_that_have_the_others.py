"""Read the words of the newest documents that have the whole words, where another word is still half typed."""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "fil0006"
down_revision = "fil0005"
branch_labels = None
depends_on = None

# A beginning costs the index all lists of all words that begin so, however few documents have the other words. So where
# whole words were typed too, the index is asked for these alone, and what it finds is read for the half-typed one.
FIND = """
CREATE FUNCTION files.find_documents(
    wanted tsquery, begun tsquery, of_property uuid, folder_kind text, number text, from_on date, until_on date,
    person text, restricted boolean, most integer
) RETURNS TABLE (document_id uuid) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    council uuid := nullif(current_setting('banksia.organisation_id', true), '')::uuid;
    whole tsquery := coalesce(wanted && begun, wanted, begun);
    endings tsquery;
    listed tsquery;
    candidates uuid[];
    found uuid[] := '{}';
    batch bigint;
    likely double precision;
    many integer;
    behind integer := 0;
    is_common boolean;
BEGIN
    IF of_property IS NOT NULL OR number IS NOT NULL THEN
        -- Few documents are asked about: their words are read.
        SELECT array_agg(w.document_id) INTO candidates
          FROM (SELECT d.id FROM files.documents d
                 WHERE d.organisation_id = council AND d.property_id = of_property
                UNION
                SELECT l.document_id FROM files.document_links l
                 WHERE l.organisation_id = council AND l.property_id = of_property
                UNION
                SELECT d.id FROM files.folders f JOIN files.documents d
                       ON d.organisation_id = council AND d.folder_id = f.id
                 WHERE of_property IS NULL AND f.organisation_id = council AND f.application_number = number) own
          JOIN files.document_words w ON w.document_id = own.id AND w.organisation_id = council
         WHERE w.words @@ whole;
    ELSE
        endings := files.common_endings(begun);
        listed := coalesce(wanted, endings);
        IF begun IS NULL OR endings IS NOT NULL THEN
            likely := files.likely_documents(listed);
        END IF;
        SELECT max(w.place) / 2000 INTO batch FROM files.document_words w WHERE w.organisation_id = council;
        -- Of a word that the planner does not know it says that one document in two hundred has it.
        is_common := likely > greatest(4000, 10 * (batch + 1));
        IF is_common THEN
            -- As many batches as are likely to do, then as many as these showed to be needed: 62,000 documents at most.
            many := least(greatest(ceil(most * (batch + 1) / likely), 1), 16);
            WHILE batch >= 0 AND behind < 31 LOOP
                WITH have AS MATERIALIZED (
                    SELECT w.document_id, w.words
                      FROM files.document_words w
                     WHERE w.organisation_id = council AND w.words @@ (listed && (
                           SELECT string_agg(quote_literal(files.batch_of(council, one * 2000)), ' | ')::tsquery
                             FROM generate_series(greatest(batch - many + 1, 0), batch) one)))
                SELECT array_agg(have.document_id) INTO candidates
                  FROM have WHERE wanted IS NULL OR begun IS NULL OR have.words @@ begun;
                found := found || ARRAY(SELECT files.newest_of(council, candidates, folder_kind, number, from_on,
                                                               until_on, person, restricted,
                                                               most - cardinality(found)));
                IF cardinality(found) >= most THEN
                    RETURN QUERY SELECT unnest(found);
                    RETURN;
                END IF;
                batch := batch - many;
                behind := behind + many;
                -- The newest batch may hold one document: what it shows is taken for no more than four times as many.
                many := least(4 * many, 31 - behind, ceil(1.2 * (most - cardinality(found)) * behind
                                                          / greatest(cardinality(found), 1)));
            END LOOP;
            IF batch < 0 AND wanted IS NOT NULL THEN
                RETURN QUERY SELECT unnest(found);
                RETURN;
            END IF;
        END IF;
        IF wanted IS NOT NULL AND endings IS NOT NULL AND NOT is_common THEN
            WITH have AS MATERIALIZED (
                SELECT w.document_id, w.words FROM files.document_words w
                 WHERE w.organisation_id = council AND w.words @@ wanted)
            SELECT array_agg(have.document_id) INTO candidates FROM have WHERE have.words @@ begun;
        ELSE
            SELECT array_agg(w.document_id) INTO candidates
              FROM files.document_words w WHERE w.organisation_id = council AND w.words @@ whole;
        END IF;
    END IF;
    RETURN QUERY SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on, person,
                                        restricted, most);
END $$
"""


def upgrade() -> None:
    """Search so."""
    _find_by(FIND)


def downgrade() -> None:
    """Search as before."""
    _find_by(run_path(str(next(Path(__file__).parent.glob("*_fil0005_*.py"))))["FIND"])


def _find_by(function: str) -> None:
    op.execute("DROP FUNCTION files.find_documents")
    op.execute(function)
