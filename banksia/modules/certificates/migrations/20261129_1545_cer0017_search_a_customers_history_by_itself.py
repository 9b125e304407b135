"""Search the history of a customer by itself, however many orders the council has."""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "cer0017"
down_revision = "cer0016"
branch_labels = None
depends_on = None

# A word that nobody can type says whose history a line stands in: the firm's, the account's or the e-mail address's.
OWNERS = """
INSERT INTO certificates.line_terms (id, created_at, organisation_id, line_id, term)
SELECT gen_random_uuid(), now(), l.organisation_id, l.id,
       chr(1) || coalesce(o.firm_id::text, o.customer_id::text, o.contact_email)
  FROM certificates.orders o
  JOIN certificates.order_lines l ON l.order_id = o.id
 WHERE coalesce(o.firm_id::text, o.customer_id::text, o.contact_email) IS NOT NULL
ON CONFLICT DO NOTHING
"""
# Where many of one's lines have the words, the newest of them are soon found by walking; null says so. Most often the
# newest two hundred tell.
FOUND = r"""
CREATE FUNCTION certificates.own_lines_with_words(council uuid, owners text[], words text[])
RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    newest CONSTANT integer := 200;
    many CONSTANT integer := 300;
    plan json;
    likely float8[] := '{}';
    rarest text[];
    word text;
    number integer;
    own uuid[];
    found uuid[];
BEGIN
    own := ARRAY(SELECT t.line_id FROM certificates.line_terms t
                  WHERE t.organisation_id = council AND t.term = ANY (owners)
                  ORDER BY t.line_id DESC);
    IF cardinality(own) > 2 * newest THEN
        SELECT count(*) INTO number
          FROM unnest(own[1:newest]) line (id)
         WHERE NOT EXISTS (
            SELECT FROM unnest(words) wanted (word)
             WHERE NOT EXISTS (
                SELECT FROM certificates.line_terms t
                 WHERE t.organisation_id = council AND t.line_id = line.id
                   AND t.term >= wanted.word COLLATE "C" AND t.term < (wanted.word || chr(1114111)) COLLATE "C"));
        IF number >= newest / 20 THEN
            RETURN NULL;
        END IF;
    END IF;
    found := own;
    FOREACH word IN ARRAY words LOOP
        EXECUTE format(
            'EXPLAIN (FORMAT JSON) SELECT FROM certificates.line_terms
              WHERE organisation_id = %L AND term >= %L COLLATE "C" AND term < %L COLLATE "C"',
            council, word, word || chr(1114111)) INTO plan;
        likely := likely || (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
    END LOOP;
    SELECT array_agg(w.word ORDER BY w.many), array_agg(w.many ORDER BY w.many) INTO rarest, likely
      FROM unnest(words, likely) w (word, many);
    FOR number IN 1 .. cardinality(rarest) LOOP
        EXIT WHEN cardinality(found) = 0;
        word := rarest[number];
        IF likely[number] > 10 * cardinality(found) THEN
            found := ARRAY(
                SELECT candidate.id
                  FROM unnest(found) candidate (id)
                 CROSS JOIN LATERAL (
                    SELECT FROM certificates.line_terms t
                     WHERE t.organisation_id = council AND t.line_id = candidate.id
                       AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C"
                     LIMIT 1) has);
        ELSE
            found := ARRAY(
                SELECT unnest(found)
                INTERSECT
                SELECT t.line_id FROM certificates.line_terms t
                 WHERE t.organisation_id = council
                   AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C");
        END IF;
    END LOOP;
    RETURN CASE WHEN cardinality(found) <= greatest(many, cardinality(own) / 20) THEN found END;
END $$
"""
# Of the council's lines two lists that are alike are intersected as they are read: kept as arrays first it took half as
# long again. The newest are looked at until enough of them have the words.
DROPPED = "DROP FUNCTION certificates.lines_with_words(uuid, text[])"
OF_COUNCIL = r"""
CREATE FUNCTION certificates.lines_with_words(council uuid, words text[]) RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    few CONSTANT integer := 5000;
    looked_at CONSTANT integer := 500;
    enough CONSTANT integer := 5;
    plan json;
    likely float8[] := '{}';
    rarest text[];
    word text;
    number integer;
    together integer;
    found uuid[];
BEGIN
    FOREACH word IN ARRAY words LOOP
        EXECUTE format(
            'EXPLAIN (FORMAT JSON) SELECT FROM certificates.line_terms
              WHERE organisation_id = %L AND term >= %L COLLATE "C" AND term < %L COLLATE "C"',
            council, word, word || chr(1114111)) INTO plan;
        likely := likely || (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
    END LOOP;
    SELECT array_agg(w.word ORDER BY w.many) INTO rarest FROM unnest(words, likely) w (word, many);
    likely := ARRAY(SELECT many FROM unnest(likely) many ORDER BY many);
    IF likely[1] > few THEN
        SELECT count(*) INTO number
          FROM (SELECT
                  FROM (SELECT o.id FROM certificates.orders o WHERE o.organisation_id = council
                         ORDER BY o.created_at DESC, o.id DESC LIMIT looked_at) newest
                  JOIN certificates.order_lines l ON l.organisation_id = council AND l.order_id = newest.id
                 WHERE NOT EXISTS (
                    SELECT FROM unnest(rarest) wanted (word)
                     WHERE NOT EXISTS (
                        SELECT FROM certificates.line_terms t
                         WHERE t.organisation_id = council AND t.line_id = l.id AND t.term >= wanted.word COLLATE "C"
                           AND t.term < (wanted.word || chr(1114111)) COLLATE "C"))
                 LIMIT enough) having_all;
        IF number >= enough THEN
            RETURN NULL;
        END IF;
    END IF;
    together := 1 + (cardinality(rarest) > 1 AND likely[2] <= 10 * likely[1])::integer;
    found := CASE WHEN together = 1 THEN ARRAY(
        SELECT t.line_id FROM certificates.line_terms t
         WHERE t.organisation_id = council
           AND t.term >= rarest[1] COLLATE "C" AND t.term < (rarest[1] || chr(1114111)) COLLATE "C")
    ELSE ARRAY(
        SELECT t.line_id FROM certificates.line_terms t
         WHERE t.organisation_id = council
           AND t.term >= rarest[1] COLLATE "C" AND t.term < (rarest[1] || chr(1114111)) COLLATE "C"
        INTERSECT
        SELECT t.line_id FROM certificates.line_terms t
         WHERE t.organisation_id = council
           AND t.term >= rarest[2] COLLATE "C" AND t.term < (rarest[2] || chr(1114111)) COLLATE "C") END;
    FOR number IN together + 1 .. cardinality(rarest) LOOP
        IF cardinality(found) = 0 THEN
            RETURN '{}';
        END IF;
        word := rarest[number];
        IF likely[number] > 10 * cardinality(found) THEN
            found := ARRAY(
                SELECT candidate.id
                  FROM unnest(found) candidate (id)
                 CROSS JOIN LATERAL (
                    SELECT FROM certificates.line_terms t
                     WHERE t.organisation_id = council AND t.line_id = candidate.id
                       AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C"
                     LIMIT 1) has);
        ELSE
            found := ARRAY(
                SELECT unnest(found)
                INTERSECT
                SELECT t.line_id FROM certificates.line_terms t
                 WHERE t.organisation_id = council
                   AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C");
        END IF;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT unnest(found));
END $$
"""


def upgrade() -> None:
    """Say whose history each line stands in, and add the functions."""
    op.execute(OWNERS)
    op.execute(FOUND)
    op.execute(DROPPED)
    op.execute(OF_COUNCIL)


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP FUNCTION certificates.own_lines_with_words(uuid, text[], text[])")
    op.execute(DROPPED)
    op.execute(run_path(str(next(Path(__file__).parent.glob("*_cer0016_*.py"))))["FOUND"])
    op.execute("DELETE FROM certificates.line_terms WHERE term >= chr(1) AND term < chr(2)")
