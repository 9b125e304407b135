"""Find a word that very many documents have among the newest of them, and a half-typed one by its commonest endings."""

from pathlib import Path
from runpy import run_path

import sqlalchemy as sa
from alembic import op

revision = "fil0005"
down_revision = "fil0004"
branch_labels = None
depends_on = None

# Two thousand documents of one council, in the order in which they came, share a word that nobody can type: words have
# no capitals. Looked for together with it, a word that a million documents have costs what two thousand cost.
BATCH_OF = """
CREATE FUNCTION files.batch_of(council uuid, place bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'B' || council::text || '/' || (place / 2000)::text
"""
PLACES = """
UPDATE files.document_words w
   SET place = placed.place,
       words = w.words || array_to_tsvector(ARRAY[files.batch_of(w.organisation_id, placed.place)])
  FROM (SELECT id, row_number() OVER (PARTITION BY organisation_id ORDER BY document_id) AS place
          FROM files.document_words) placed
 WHERE placed.id = w.id
"""
# What the planner thinks of: it knows the commonest words and how many documents have them.
LIKELY = """
CREATE FUNCTION files.likely_documents(wanted tsquery) RETURNS double precision LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM files.document_words WHERE words @@ %L::tsquery', wanted)
       INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$
"""
# A beginning that is part of many words is looked for as the commonest eight of them: each is one list of documents,
# where all words with that beginning would have to be read whole.
ENDINGS = """
CREATE FUNCTION files.common_endings(begun tsquery) RETURNS tsquery LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(quote_literal(word), ' | ')::tsquery
      FROM (SELECT known.word
              FROM pg_stats s
             CROSS JOIN unnest(s.most_common_elems::text::text[]) WITH ORDINALITY known (word, n)
             WHERE s.schemaname = 'files' AND s.tablename = 'document_words' AND s.attname = 'words'
               AND numnode(begun) = 1 AND starts_with(known.word, trim(both '''' from rtrim(begun::text, ':*')))
             ORDER BY s.most_common_elem_freqs[known.n] DESC
             LIMIT 8) commonest
$$
"""
NARROWED = """
CREATE FUNCTION files.newest_of(
    council uuid, candidates uuid[], folder_kind text, number text, from_on date, until_on date, person text,
    restricted boolean, most bigint
) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT newest.id
      FROM (SELECT candidate.id FROM unnest(candidates) candidate (id) ORDER BY candidate.id DESC) newest
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
     LIMIT most
$$
"""
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
    common tsquery;
    candidates uuid[];
    found uuid[] := '{}';
    batch bigint;
    likely double precision;
    many integer;
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
        common := coalesce(wanted && endings, wanted, endings);
        IF begun IS NULL OR endings IS NOT NULL THEN
            likely := files.likely_documents(whole);
        END IF;
        IF likely > 4000 THEN
            SELECT max(w.place) / 2000 INTO batch FROM files.document_words w WHERE w.organisation_id = council;
            -- As many batches as are likely to do, then twice as many, and so on: 62,000 documents at most.
            many := least(greatest(ceil(most * (batch + 1) / likely), 1), 16);
            WHILE batch >= 0 AND many <= 16 LOOP
                SELECT array_agg(w.document_id) INTO candidates
                  FROM files.document_words w
                 WHERE w.organisation_id = council AND w.words @@ (common && (
                       SELECT string_agg(quote_literal(files.batch_of(council, one * 2000)), ' | ')::tsquery
                         FROM generate_series(greatest(batch - many + 1, 0), batch) one));
                found := found || ARRAY(SELECT files.newest_of(council, candidates, folder_kind, number, from_on,
                                                               until_on, person, restricted,
                                                               most - cardinality(found)));
                batch := batch - many;
                many := many * 2;
                IF cardinality(found) >= most THEN
                    RETURN QUERY SELECT unnest(found);
                    RETURN;
                END IF;
            END LOOP;
        END IF;
        SELECT array_agg(w.document_id) INTO candidates
          FROM files.document_words w WHERE w.organisation_id = council AND w.words @@ whole;
    END IF;
    RETURN QUERY SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on, person,
                                        restricted, most);
END $$
"""


def upgrade() -> None:
    """Give each document its place, and search by it."""
    op.add_column("document_words", sa.Column("place", sa.BigInteger(), nullable=True), schema="files")
    op.execute(BATCH_OF)
    op.execute(PLACES)
    op.alter_column("document_words", "place", nullable=False, schema="files")
    op.create_index(
        op.f("ix_document_words_organisation_id_place"), "document_words", ["organisation_id", "place"], schema="files"
    )
    op.create_index(
        op.f("ix_folders_organisation_id_application_number"),
        "folders",
        ["organisation_id", "application_number"],
        schema="files",
        postgresql_where=sa.text("application_number IS NOT NULL"),
    )
    op.execute("DROP FUNCTION files.find_documents(tsquery, uuid, text, text, date, date, text, boolean, integer)")
    for function in (LIKELY, ENDINGS, NARROWED, FIND):
        op.execute(function)


def downgrade() -> None:
    """Search as before; the words that stand for a batch stay, which nobody can type."""
    for function in ("find_documents", "newest_of", "common_endings", "likely_documents", "batch_of"):
        op.execute(f"DROP FUNCTION files.{function}")
    op.drop_index(
        op.f("ix_folders_organisation_id_application_number"),
        table_name="folders",
        schema="files",
        postgresql_where=sa.text("application_number IS NOT NULL"),
    )
    op.drop_index(op.f("ix_document_words_organisation_id_place"), table_name="document_words", schema="files")
    op.drop_column("document_words", "place", schema="files")
    run_path(str(next(Path(__file__).parent.glob("*_fil0004_*.py"))))["upgrade"]()
