"""Find at once what nobody has written or added for long: stretches of documents without it are stepped over."""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "fil0010"
down_revision = "fil0009"
branch_labels = None
depends_on = None

INDEX = "ix_document_words_words"
# Two thousand documents of one council, in the order in which they came, are a batch. Each document has its batch, the
# sixteen batches and the 256 batches that this one lies in, each in a word that nobody can type: these have capitals.
BATCHES = (
    """
CREATE FUNCTION files.batch_named(council uuid, width bigint, number bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN files.marked(council, 'B', width || 'x' || number)
""",
    """
CREATE FUNCTION files.batches_of(council uuid, place bigint) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(files.batch_named(council, width, place / 2000 / width)) FROM unnest('{1,16,256}'::bigint[]) width
$$
""",
    """
CREATE FUNCTION files.batches_between(council uuid, first bigint, below bigint) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at bigint := first;
    width bigint;
    names text[] := '{}';
BEGIN
    WHILE at < below LOOP
        SELECT max(each) INTO width FROM unnest('{1,16,256}'::bigint[]) each WHERE at % each = 0 AND at + each <= below;
        names := names || quote_literal(files.batch_named(council, width, at / width));
        at := at + width;
    END LOOP;
    RETURN array_to_string(names, ' | ')::tsquery;
END $$
""",
)
# Each condition is asked by itself: the index then goes from one list to where the next list goes on, where it tries
# each document of the shorter list if they are joined. Only the index of words is wanted, whatever the limit makes the
# planner think of others.
HAVING = """
CREATE FUNCTION files.documents_having(
    council uuid, asked tsquery, narrowed tsquery, part tsquery, begun tsquery, most bigint
) RETURNS uuid[] LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
    have uuid[];
    begins boolean[];
BEGIN
    SELECT array_agg(own.document_id), array_agg(own.begins) INTO have, begins
      FROM (SELECT w.document_id, begun IS NULL OR w.words @@ begun AS begins
              FROM files.document_words w
             WHERE w.organisation_id = council AND (asked IS NULL OR w.words @@ asked)
               AND (narrowed IS NULL OR w.words @@ narrowed) AND (part IS NULL OR w.words @@ part)
             LIMIT most + 1) own;
    IF cardinality(have) > most THEN
        RETURN NULL;
    END IF;
    RETURN ARRAY(SELECT one.id FROM unnest(have, begins) one (id, has_begun) WHERE one.has_begun);
END $$
"""
# From the newest batch back; where sixteen begin or end without having been found, sixteen at once.
STEP = """
CREATE FUNCTION files.newest_batch_having(council uuid, asked tsquery, narrowed tsquery, below bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
    width bigint := 1;
    known bigint := below;
    at bigint;
    part tsquery;
BEGIN
    WHILE below > 0 LOOP
        IF width < 256 AND below <= known AND below % (16 * width) = 0 THEN
            width := 16 * width;
        ELSE
            at := (below - 1) / width;
            part := quote_literal(files.batch_named(council, width, at))::tsquery;
            IF EXISTS (SELECT FROM files.document_words w
                        WHERE w.organisation_id = council AND (asked IS NULL OR w.words @@ asked)
                          AND (narrowed IS NULL OR w.words @@ narrowed) AND w.words @@ part) THEN
                IF width = 1 THEN
                    RETURN at;
                END IF;
                known := at * width;
                width := width / 16;
            ELSE
                below := at * width;
            END IF;
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""
INSIDE = """
CREATE FUNCTION files.periods_inside(period text) RETURNS text[] LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(left(period, -1) || lpad(n::text, digits - 2, '0') || ''''
                     ORDER BY n DESC)
      FROM (SELECT length(substring(period FROM '^''[^'' |]*/(\\d+)''$'))) own (digits)
     CROSS JOIN generate_series(digits - 3, CASE digits WHEN 3 THEN 9 ELSE 12 END) n
     WHERE digits IN (3, 4)
$$
"""
# Of what very many documents have the newest batches are read, and so on until there are enough; batches without any
# are stepped over. Documents dated in the months asked for lie in any batch, so where days are asked for the periods
# are read one after the other, and where the last of these is past, the periods alone.
FIND = """
CREATE OR REPLACE FUNCTION files.find_documents(
    wanted tsquery, begun tsquery, of_documents uuid[], folder_kind text, number text, from_on date, until_on date,
    person text, restricted boolean, most integer
) RETURNS TABLE (document_id uuid) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    -- So many documents are read at once: of more than these a smaller part is read first.
    at_once CONSTANT integer := 6000;
    council uuid := nullif(current_setting('banksia.organisation_id', true), '')::uuid;
    whole tsquery := coalesce(wanted && begun, wanted, begun);
    people text[] := files.people_named(council, person);
    narrowed tsquery := files.narrowed_to(council, folder_kind, people);
    dated boolean := from_on IS NOT NULL OR until_on IS NOT NULL;
    half tsquery := CASE WHEN wanted IS NOT NULL THEN begun END;
    endings tsquery;
    listed tsquery;
    today date;
    periods text[];
    inside text[];
    candidates uuid[];
    new uuid[];
    found uuid[] := '{}';
    below bigint;
    first bigint;
    many bigint;
    likely double precision;
    looked bigint := 0;
    seen integer := 0;
    behind bigint := 0;
BEGIN
    IF person IS NOT NULL AND people IS NULL THEN
        RETURN;
    END IF;
    IF of_documents IS NOT NULL OR number IS NOT NULL THEN
        -- Few documents are asked about: their words are read.
        IF of_documents IS NULL THEN
            of_documents := ARRAY(
                SELECT d.id FROM files.folders f
                  JOIN files.documents d ON d.organisation_id = council AND d.folder_id = f.id
                 WHERE f.organisation_id = council AND f.application_number = number);
        END IF;
        candidates := CASE WHEN whole IS NULL THEN of_documents ELSE ARRAY(
            SELECT w.document_id FROM files.document_words w
             WHERE w.organisation_id = council AND w.document_id = ANY (of_documents) AND w.words @@ whole) END;
        RETURN QUERY SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on, people,
                                            restricted, most);
        RETURN;
    END IF;
    endings := files.common_endings(begun);
    listed := coalesce(wanted, endings);
    SELECT max(w.place) / 2000 + 1 INTO below FROM files.document_words w WHERE w.organisation_id = council;
    IF begun IS NULL OR endings IS NOT NULL THEN
        likely := CASE WHEN coalesce(listed, narrowed) IS NULL THEN 2000.0 * (below - 1)
                       ELSE files.likely_documents(coalesce(listed && narrowed, listed, narrowed)) END;
    END IF;
    -- Of a word that the planner does not know it says that one document in two hundred has it; of one together with a
    -- person or a kind it says less.
    IF likely > (CASE WHEN narrowed IS NULL THEN greatest(4000, 10 * below) ELSE greatest(2000, 4 * below) END) THEN
        SELECT (now() AT TIME ZONE o.time_zone)::date INTO today
          FROM organisations.organisations o WHERE o.id = council;
        -- As many batches as are likely to do, then as many as these showed to be needed.
        many := least(greatest(ceil(most * below / likely), 1), 16);
        WHILE below > 0 AND (NOT dated OR behind < 31 AND coalesce(until_on >= today - 31, true)) LOOP
            first := greatest(below - many, 0);
            IF many > 16 THEN
                first := first / 16 * 16;
            END IF;
            candidates := files.documents_having(
                council, listed, narrowed, files.batches_between(council, first, below), half,
                CASE WHEN many > 1 THEN at_once END);
            IF candidates IS NULL THEN
                many := greatest(many / 8, 1);
                CONTINUE;
            END IF;
            new := ARRAY(SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on, people,
                                                restricted, most - cardinality(found)));
            found := found || new;
            IF cardinality(found) >= most THEN
                RETURN QUERY SELECT unnest(found);
                RETURN;
            END IF;
            looked := looked + below - first;
            behind := behind + below - first;
            seen := seen + cardinality(new);
            below := first;
            IF cardinality(new) > 0 OR coalesce(listed, narrowed) IS NULL THEN
                -- The newest batch may hold one document: what it shows is taken for no more than four times as many.
                many := least(4 * many, 256, ceil(1.2 * (most - cardinality(found)) * looked / greatest(seen, 1)));
            ELSIF cardinality(candidates) = 0 THEN
                first := coalesce(files.newest_batch_having(council, listed, narrowed, below) + 1, 0);
                many := CASE WHEN first < below THEN 1 ELSE least(4 * many, 256) END;
                below := first;
                looked := 0;
                seen := 0;
            ELSE
                many := least(4 * many, 256);
            END IF;
        END LOOP;
        IF below = 0 THEN
            RETURN QUERY SELECT unnest(found);
            RETURN;
        END IF;
        -- A day more on both sides: a council may have moved to another time zone since.
        periods := files.periods_within(council, from_on - 1, until_on + 1, today + 1);
        found := '{}';
        many := 1;
        WHILE cardinality(periods) > 0 AND cardinality(found) < most LOOP
            many := least(many, cardinality(periods));
            inside := CASE WHEN many = 1 THEN files.periods_inside(periods[1]) END;
            candidates := files.documents_having(
                council, listed, narrowed, array_to_string(periods[1:many], ' | ')::tsquery, half,
                CASE WHEN many > 1 OR inside IS NOT NULL THEN at_once END);
            IF candidates IS NULL THEN
                periods := coalesce(inside || periods[2:], periods);
                many := 1;
                CONTINUE;
            END IF;
            found := found || ARRAY(SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on,
                                                           people, restricted, most - cardinality(found)));
            periods := periods[many + 1:];
            many := least(2 * many, 16);
        END LOOP;
        RETURN QUERY SELECT unnest(found);
        RETURN;
    END IF;
    candidates := files.documents_having(council, CASE WHEN half IS NOT NULL AND endings IS NOT NULL THEN wanted
                                                       ELSE whole END,
                                         narrowed, NULL, CASE WHEN endings IS NOT NULL THEN half END, NULL);
    RETURN QUERY SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on, people,
                                        restricted, most);
END $$
"""
MARKED = """
UPDATE files.document_words
   SET words = ts_delete(words, files.batch_of(organisation_id, place))
       || array_to_tsvector(files.batches_of(organisation_id, place))
"""
OLD_MARKED = """
UPDATE files.document_words
   SET words = ts_delete(words, files.batches_of(organisation_id, place))
       || array_to_tsvector(ARRAY[files.batch_of(organisation_id, place)])
"""
NEW = (
    "documents_having(uuid, tsquery, tsquery, tsquery, tsquery, bigint)",
    "newest_batch_having",
    "periods_inside",
    "batches_between",
    "batches_of",
    "batch_named",
)


def upgrade() -> None:
    """Mark what is there, and search so."""
    for function in BATCHES:
        op.execute(function)
    _write_again(MARKED)
    for function in (HAVING, STEP, INSIDE, FIND):
        op.execute(function)
    op.execute("DROP FUNCTION files.documents_having(uuid, tsquery, tsquery)")
    op.execute("DROP FUNCTION files.batch_of")


def downgrade() -> None:
    """Search as before."""
    op.execute(_former("fil0005", "BATCH_OF"))
    _write_again(OLD_MARKED)
    op.execute(_former("fil0007", "HAVING"))
    op.execute(_former("fil0007", "FIND").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for name in NEW:
        op.execute(f"DROP FUNCTION files.{name}")


def _write_again(statement: str) -> None:
    """All words of all documents: building the index after it is several times as fast as keeping it."""
    op.drop_index(op.f(INDEX), "document_words", schema="files")
    op.execute(statement)
    op.create_index(op.f(INDEX), "document_words", ["words"], schema="files", postgresql_using="gin")


def _former(which: str, name: str) -> str:
    found: str = run_path(str(next(Path(__file__).parent.glob(f"*_{which}_*.py"))))[name]
    return found
