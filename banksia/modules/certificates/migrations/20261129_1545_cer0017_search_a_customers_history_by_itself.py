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
DROPPED = "DROP FUNCTION certificates.lines_with_words(uuid, text[])"
# What both ways of looking are made of. The planner's guess says which word is rare, and whether its list is read or
# each line that is left is looked up.
HELPERS = ("rarest_first", "enough_have_words", "narrowed_by_words")
SHARED = (
    r"""
CREATE FUNCTION certificates.rarest_first(council uuid, INOUT words text[], OUT likely float8[]) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    plan json;
    word text;
BEGIN
    likely := '{}';
    FOREACH word IN ARRAY words LOOP
        EXECUTE format(
            'EXPLAIN (FORMAT JSON) SELECT FROM certificates.line_terms
              WHERE organisation_id = %L AND term >= %L COLLATE "C" AND term < %L COLLATE "C"',
            council, word, word || chr(1114111)) INTO plan;
        likely := likely || (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
    END LOOP;
    SELECT array_agg(w.word ORDER BY w.many), array_agg(w.many ORDER BY w.many) INTO words, likely
      FROM unnest(words, likely) w (word, many);
END $$
""",
    r"""
CREATE FUNCTION certificates.enough_have_words(council uuid, lines uuid[], words text[], enough integer)
RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN enough <= (
        SELECT count(*)
          FROM (SELECT
                  FROM unnest(lines) line (id)
                 WHERE NOT EXISTS (
                    SELECT FROM unnest(words) wanted (word)
                     WHERE NOT EXISTS (
                        SELECT FROM certificates.line_terms t
                         WHERE t.organisation_id = council AND t.line_id = line.id AND t.term >= wanted.word COLLATE "C"
                           AND t.term < (wanted.word || chr(1114111)) COLLATE "C"))
                 LIMIT enough) having_all);
END $$
""",
    r"""
CREATE FUNCTION certificates.narrowed_by_words(council uuid, lines uuid[], words text[], likely float8[])
RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    word text;
BEGIN
    FOR number IN 1 .. coalesce(cardinality(words), 0) LOOP
        EXIT WHEN cardinality(lines) = 0;
        word := words[number];
        IF likely[number] > 10 * cardinality(lines) THEN
            lines := ARRAY(
                SELECT candidate.id
                  FROM unnest(lines) candidate (id)
                 CROSS JOIN LATERAL (
                    SELECT FROM certificates.line_terms t
                     WHERE t.organisation_id = council AND t.line_id = candidate.id
                       AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C"
                     LIMIT 1) has);
        ELSE
            lines := ARRAY(
                SELECT unnest(lines)
                INTERSECT
                SELECT t.line_id FROM certificates.line_terms t
                 WHERE t.organisation_id = council
                   AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C");
        END IF;
    END LOOP;
    RETURN lines;
END $$
""",
)
# Where many of one's lines have the words, the newest of them are soon found by walking; null says so. Most often the
# newest two hundred tell.
OF_OWNERS = r"""
CREATE FUNCTION certificates.own_lines_with_words(council uuid, owners text[], words text[])
RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    newest CONSTANT integer := 200;
    many CONSTANT integer := 300;
    likely float8[];
    own uuid[];
    found uuid[];
BEGIN
    own := ARRAY(SELECT t.line_id FROM certificates.line_terms t
                  WHERE t.organisation_id = council AND t.term = ANY (owners)
                  ORDER BY t.line_id DESC);
    IF cardinality(own) > 2 * newest
       AND certificates.enough_have_words(council, own[1:newest], words, newest / 20) THEN
        RETURN NULL;
    END IF;
    SELECT r.words, r.likely INTO words, likely FROM certificates.rarest_first(council, words) r;
    found := certificates.narrowed_by_words(council, own, words, likely);
    RETURN CASE WHEN cardinality(found) <= greatest(many, cardinality(own) / 20) THEN found END;
END $$
"""
# Of the council's lines two lists that are alike are intersected as they are read: kept as arrays first it took half as
# long again. The newest are looked at until enough of them have the words.
OF_COUNCIL = r"""
CREATE FUNCTION certificates.lines_with_words(council uuid, words text[]) RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    few CONSTANT integer := 5000;
    looked_at CONSTANT integer := 500;
    likely float8[];
    newest uuid[];
    together integer;
    found uuid[];
BEGIN
    SELECT r.words, r.likely INTO words, likely FROM certificates.rarest_first(council, words) r;
    IF likely[1] > few THEN
        newest := ARRAY(
            SELECT l.id
              FROM (SELECT o.id FROM certificates.orders o WHERE o.organisation_id = council
                     ORDER BY o.created_at DESC, o.id DESC LIMIT looked_at) recent
              JOIN certificates.order_lines l ON l.organisation_id = council AND l.order_id = recent.id);
        IF certificates.enough_have_words(council, newest, words, looked_at / 100) THEN
            RETURN NULL;
        END IF;
    END IF;
    together := 1 + (cardinality(words) > 1 AND likely[2] <= 10 * likely[1])::integer;
    found := CASE WHEN together = 1 THEN ARRAY(
        SELECT t.line_id FROM certificates.line_terms t
         WHERE t.organisation_id = council
           AND t.term >= words[1] COLLATE "C" AND t.term < (words[1] || chr(1114111)) COLLATE "C")
    ELSE ARRAY(
        SELECT t.line_id FROM certificates.line_terms t
         WHERE t.organisation_id = council
           AND t.term >= words[1] COLLATE "C" AND t.term < (words[1] || chr(1114111)) COLLATE "C"
        INTERSECT
        SELECT t.line_id FROM certificates.line_terms t
         WHERE t.organisation_id = council
           AND t.term >= words[2] COLLATE "C" AND t.term < (words[2] || chr(1114111)) COLLATE "C") END;
    found := certificates.narrowed_by_words(council, found, words[together + 1:], likely[together + 1:]);
    RETURN ARRAY(SELECT DISTINCT unnest(found));
END $$
"""


def upgrade() -> None:
    """Say whose history each line stands in, and add the functions."""
    op.execute(OWNERS)
    op.execute(DROPPED)
    for function in (*SHARED, OF_OWNERS, OF_COUNCIL):
        op.execute(function)


def downgrade() -> None:
    """Undo it."""
    for name in ("own_lines_with_words", "lines_with_words", *HELPERS):
        op.execute(f"DROP FUNCTION certificates.{name}")
    op.execute(run_path(str(next(Path(__file__).parent.glob("*_cer0016_*.py"))))["FOUND"])
    op.execute("DELETE FROM certificates.line_terms WHERE term >= chr(1) AND term < chr(2)")
