"""Look for kinds of folder, persons and days in the index of words too: of common words few lists are read then."""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "fil0007"
down_revision = "fil0006"
branch_labels = None
depends_on = None

INDEX = "ix_document_words_words"
PEOPLE = "ix_document_versions_organisation_id_added_by_name"
# What a search can be narrowed to stands among a document's words, in words that nobody can type: these have no
# capitals. Several councils may share one, since what is found is asked for its council.
HELPERS = (
    # Titles and what people write about a document have their words as they are beside their stems: what is half typed
    # may be longer than the stem (`elevat`, of which `elev` stays). Words only: a parser of addresses and paths would
    # keep `2017/41.pdf` as one word that nobody types.
    """
CREATE FUNCTION files.typed_words(written text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT to_tsvector('english', words) || to_tsvector('simple', words)
      FROM (SELECT regexp_replace(written, '[^[:alnum:]]+', ' ', 'g')) own (words)
$$
""",
    """
CREATE FUNCTION files.marked(council uuid, letter text, rest text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN letter || left(md5(council::text), 8) || '/' || rest
""",
    # Of a council's people those whose names have words that begin with the words of `wanted`; the index of names is
    # read from one name to the next.
    """
CREATE FUNCTION files.people_named(council uuid, wanted text) RETURNS text[] LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE people (name) AS (
        SELECT min(v.added_by_name) FROM files.document_versions v WHERE v.organisation_id = council
        UNION ALL
        SELECT (SELECT min(v.added_by_name) FROM files.document_versions v
                 WHERE v.organisation_id = council AND v.added_by_name > people.name)
          FROM people WHERE people.name IS NOT NULL)
    SELECT array_agg(people.name)
      FROM people
     WHERE (SELECT bool_and(EXISTS (SELECT FROM regexp_split_to_table(lower(people.name), '[^[:alnum:]]+') word
                                     WHERE starts_with(word, part)))
              FROM regexp_split_to_table(lower(wanted), '[^[:alnum:]]+') part WHERE part <> '')
$$
""",
    """
CREATE FUNCTION files.day_of(dated_on date, created_at timestamptz, zone text) RETURNS date LANGUAGE sql IMMUTABLE
RETURN coalesce(dated_on, (created_at AT TIME ZONE zone)::date)
""",
    # A document has the month, the year and the ten years of its day, each in a word.
    """
CREATE FUNCTION files.narrowing_words(council uuid, kind text, day date, people text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(DISTINCT word)
      FROM (SELECT files.marked(council, 'K', kind)
            UNION ALL
            SELECT files.marked(council, 'D', left(to_char(day, 'YYYYMM'), length))
              FROM unnest(ARRAY[6, 4, 3]) length
            UNION ALL
            SELECT files.marked(council, 'P', lower(name)) FROM unnest(people) name) own (word)
$$
""",
    """
CREATE FUNCTION files.narrowed_to(council uuid, kind text, people text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(part, ' & ')::tsquery
      FROM (SELECT quote_literal(files.marked(council, 'K', kind)) WHERE kind IS NOT NULL
            UNION ALL
            SELECT '(' || string_agg(quote_literal(files.marked(council, 'P', lower(name))), ' | ') || ')'
              FROM unnest(people) name WHERE cardinality(people) <= 16 HAVING count(*) > 0) own (part)
$$
""",
)
# From the last of the days back: first what is still to come as one, then months, then years, then tens of years.
PERIODS = """
CREATE FUNCTION files.periods_within(council uuid, from_on date, until_on date, today date) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first date := coalesce(from_on, '1780-01-01');
    last date := coalesce(until_on, '2199-12-31');
    at date := date_trunc('month', least(last, today));
    year integer := extract(year FROM today);
    months integer := 0;
    years integer := 0;
    found text[] := '{}';
BEGIN
    IF last >= date_trunc('month', today) + interval '1 month' THEN
        found := found || (
            SELECT string_agg(quote_literal(files.marked(council, 'D', period)), ' | ')
              FROM (SELECT to_char(today + n * interval '1 month', 'YYYYMM') FROM generate_series(1, 11) n
                     WHERE extract(year FROM today + n * interval '1 month') = year
                    UNION ALL
                    SELECT n::text FROM generate_series(year + 1, year / 10 * 10 + 9) n
                    UNION ALL
                    SELECT n::text FROM generate_series(year / 10 + 1, extract(year FROM last)::integer / 10) n
                   ) coming (period));
    END IF;
    WHILE at >= date_trunc('month', first) LOOP
        year := extract(year FROM at);
        IF extract(month FROM at) = 12 AND months >= 6 AND make_date(year, 1, 1) >= first THEN
            IF year % 10 = 9 AND years >= 4 AND make_date(year - 9, 1, 1) >= first THEN
                found := found || quote_literal(files.marked(council, 'D', (year / 10)::text));
                at := make_date(year - 10, 12, 1);
            ELSE
                found := found || quote_literal(files.marked(council, 'D', year::text));
                at := make_date(year - 1, 12, 1);
                years := years + 1;
            END IF;
        ELSE
            found := found || quote_literal(files.marked(council, 'D', to_char(at, 'YYYYMM')));
            at := at - interval '1 month';
            months := months + 1;
        END IF;
    END LOOP;
    RETURN found;
END $$
"""
NEWEST = """
CREATE FUNCTION files.newest_of(
    council uuid, candidates uuid[], folder_kind text, number text, from_on date, until_on date, people text[],
    restricted boolean, most bigint
) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT newest.id
      FROM (SELECT candidate.id FROM unnest(candidates) candidate (id) ORDER BY candidate.id DESC) newest
     CROSS JOIN (SELECT time_zone AS zone FROM organisations.organisations WHERE id = council) here
     CROSS JOIN LATERAL (
        SELECT
          FROM files.documents d
          JOIN files.folders f ON f.id = d.folder_id
         WHERE d.id = newest.id AND d.organisation_id = council AND d.state = 'present'
           AND (restricted OR NOT f.is_restricted)
           AND (folder_kind IS NULL OR f.kind = folder_kind)
           AND (number IS NULL OR f.application_number = number)
           AND (from_on IS NULL OR files.day_of(d.dated_on, d.created_at, here.zone) >= from_on)
           AND (until_on IS NULL OR files.day_of(d.dated_on, d.created_at, here.zone) <= until_on)
           AND (people IS NULL OR EXISTS (
                SELECT FROM files.document_versions v
                 WHERE v.organisation_id = council AND v.document_id = d.id AND v.added_by_name = ANY (people)))
        OFFSET 0) one
     ORDER BY newest.id DESC
     LIMIT most
$$
"""
HAVING = """
CREATE FUNCTION files.documents_having(council uuid, asked tsquery, begun tsquery) RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF asked IS NULL THEN
        RETURN ARRAY(SELECT w.document_id FROM files.document_words w WHERE w.organisation_id = council);
    ELSIF begun IS NULL THEN
        RETURN ARRAY(SELECT w.document_id FROM files.document_words w
                      WHERE w.organisation_id = council AND w.words @@ asked);
    END IF;
    RETURN ARRAY(
        WITH have AS MATERIALIZED (
            SELECT w.document_id, w.words FROM files.document_words w
             WHERE w.organisation_id = council AND w.words @@ asked)
        SELECT have.document_id FROM have WHERE have.words @@ begun);
END $$
"""
# As before, without endings a hundred times as rare as the commonest: each is one more list to read, and hardly any of
# the newest documents is in it alone.
ENDINGS = """
CREATE OR REPLACE FUNCTION files.common_endings(begun tsquery) RETURNS tsquery LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(quote_literal(word), ' | ')::tsquery
      FROM (SELECT known.word, share.of, max(share.of) OVER () AS most
              FROM pg_stats s
             CROSS JOIN unnest(s.most_common_elems::text::text[]) WITH ORDINALITY known (word, n)
             CROSS JOIN LATERAL (SELECT s.most_common_elem_freqs[known.n] AS of) share
             WHERE s.schemaname = 'files' AND s.tablename = 'document_words' AND s.attname = 'words'
               AND numnode(begun) = 1 AND starts_with(known.word, trim(both '''' from rtrim(begun::text, ':*')))
             ORDER BY share.of DESC
             LIMIT 8) commonest
     WHERE of * 100 >= most
$$
"""
# Of what very many documents have the newest batches are read, then one period after the other. Documents dated in the
# months asked for lie in any batch, so where the last of these is past, the periods alone are read.
FIND = """
CREATE FUNCTION files.find_documents(
    wanted tsquery, begun tsquery, of_documents uuid[], folder_kind text, number text, from_on date, until_on date,
    person text, restricted boolean, most integer
) RETURNS TABLE (document_id uuid) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    council uuid := nullif(current_setting('banksia.organisation_id', true), '')::uuid;
    whole tsquery := coalesce(wanted && begun, wanted, begun);
    people text[] := files.people_named(council, person);
    narrowed tsquery := files.narrowed_to(council, folder_kind, people);
    endings tsquery;
    listed tsquery;
    half tsquery := CASE WHEN wanted IS NOT NULL THEN begun END;
    today date;
    periods text[];
    part tsquery;
    candidates uuid[];
    found uuid[] := '{}';
    batch bigint;
    likely double precision;
    many integer;
    behind integer := 0;
    has_any boolean := true;
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
    SELECT max(w.place) / 2000 INTO batch FROM files.document_words w WHERE w.organisation_id = council;
    IF begun IS NULL OR endings IS NOT NULL THEN
        listed := coalesce(listed && narrowed, listed, narrowed);
        likely := CASE WHEN listed IS NULL THEN 2000.0 * batch ELSE files.likely_documents(listed) END;
    END IF;
    -- Of a word that the planner does not know it says that one document in two hundred has it.
    IF likely > greatest(4000, 10 * (batch + 1)) THEN
        SELECT (now() AT TIME ZONE o.time_zone)::date INTO today
          FROM organisations.organisations o WHERE o.id = council;
        -- As many batches as are likely to do, then as many as these showed to be needed: 62,000 documents at most.
        many := least(greatest(ceil(most * (batch + 1) / likely), 1), 16);
        WHILE batch >= 0 AND behind < 31 AND has_any AND coalesce(until_on >= today - 31, true) LOOP
            SELECT string_agg(quote_literal(files.batch_of(council, one * 2000)), ' | ')::tsquery INTO part
              FROM generate_series(greatest(batch - many + 1, 0), batch) one;
            candidates := files.documents_having(council, coalesce(listed && part, part), half);
            found := found || ARRAY(SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on,
                                                           people, restricted, most - cardinality(found)));
            IF cardinality(found) >= most THEN
                RETURN QUERY SELECT unnest(found);
                RETURN;
            END IF;
            batch := batch - many;
            behind := behind + many;
            -- Sixteen batches without any: what is wanted lies far behind.
            has_any := behind < 16 OR cardinality(found) > 0;
            -- The newest batch may hold one document: what it shows is taken for no more than four times as many.
            many := least(4 * many, 31 - behind, ceil(1.2 * (most - cardinality(found)) * behind
                                                      / greatest(cardinality(found), 1)));
        END LOOP;
        IF batch < 0 THEN
            RETURN QUERY SELECT unnest(found);
            RETURN;
        END IF;
        -- A day more on both sides: a council may have moved to another time zone since.
        periods := files.periods_within(council, from_on - 1, until_on + 1, today + 1);
        found := '{}';
        many := 1;
        WHILE cardinality(periods) > 0 AND cardinality(found) < most LOOP
            part := array_to_string(periods[1:many], ' | ')::tsquery;
            candidates := files.documents_having(council, coalesce(listed && part, part), half);
            found := found || ARRAY(SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on,
                                                           people, restricted, most - cardinality(found)));
            periods := periods[many + 1:];
            many := least(2 * many, 16);
        END LOOP;
        RETURN QUERY SELECT unnest(found);
        RETURN;
    END IF;
    listed := CASE WHEN half IS NOT NULL AND endings IS NOT NULL THEN wanted ELSE whole END;
    candidates := files.documents_having(council, coalesce(listed && narrowed, listed, narrowed),
                                         CASE WHEN endings IS NOT NULL THEN half END);
    RETURN QUERY SELECT files.newest_of(council, candidates, folder_kind, number, from_on, until_on, people,
                                        restricted, most);
END $$
"""
MARKED = """
UPDATE files.document_words w
   SET words = w.words
       || setweight(to_tsvector('simple', regexp_replace(d.title, '[^[:alnum:]]+', ' ', 'g')), 'A')
       || setweight(to_tsvector('simple', regexp_replace(
              concat_ws(' ', d.description,
                        (SELECT string_agg(v.file_name, ' ') FROM files.document_versions v
                          WHERE v.organisation_id = d.organisation_id AND v.document_id = d.id),
                        (SELECT string_agg(c.text, ' ') FROM files.comments c
                          WHERE c.organisation_id = d.organisation_id AND c.document_id = d.id)),
              '[^[:alnum:]]+', ' ', 'g')), 'B')
       || array_to_tsvector(files.narrowing_words(
           w.organisation_id, f.kind, files.day_of(d.dated_on, d.created_at, o.time_zone),
           ARRAY(SELECT DISTINCT v.added_by_name FROM files.document_versions v
                  WHERE v.organisation_id = d.organisation_id AND v.document_id = d.id)))
  FROM files.documents d
  JOIN files.folders f ON f.id = d.folder_id
  JOIN organisations.organisations o ON o.id = d.organisation_id
 WHERE d.id = w.document_id AND d.organisation_id = w.organisation_id
"""
NAMES = ("narrowed_to", "narrowing_words", "day_of", "people_named", "marked", "typed_words")


def upgrade() -> None:
    """Mark what is there, and search so."""
    for function in (*HELPERS, PERIODS, HAVING, ENDINGS):
        op.execute(function)
    op.create_index(op.f(PEOPLE), "document_versions", ["organisation_id", "added_by_name"], schema="files")
    op.drop_index(op.f(INDEX), "document_words", schema="files")
    op.execute(MARKED)
    op.create_index(op.f(INDEX), "document_words", ["words"], schema="files", postgresql_using="gin")
    for name in ("find_documents", "newest_of"):
        op.execute(f"DROP FUNCTION files.{name}")
    op.execute(NEWEST)
    op.execute(FIND)


def downgrade() -> None:
    """Search as before; the words that stand for kinds, persons and days stay, which nobody can type."""
    for name in ("find_documents", "newest_of", "documents_having", "periods_within", *NAMES):
        op.execute(f"DROP FUNCTION files.{name}")
    op.drop_index(op.f(PEOPLE), table_name="document_versions", schema="files")
    op.execute(_former("fil0005", "ENDINGS").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.execute(_former("fil0005", "NARROWED"))
    op.execute(_former("fil0006", "FIND"))


def _former(which: str, name: str) -> str:
    found: str = run_path(str(next(Path(__file__).parent.glob(f"*_{which}_*.py"))))[name]
    return found
