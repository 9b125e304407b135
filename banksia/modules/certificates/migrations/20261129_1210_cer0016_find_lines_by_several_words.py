"""Find lines by several words from these alone, orders of guests among guests, and open work in every order."""

import sqlalchemy as sa
from alembic import op

revision = "cer0016"
down_revision = "cer0015"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('queued', 'assigned', 'drafted', 'to_check', 'checked', 'on_hold')")
SORTED = {
    "ix_order_lines_open_address": "address",
    "ix_order_lines_open_product": "product_code",
    "ix_order_lines_open_number": "order_number",
}
GUESTS = "ix_orders_organisation_id_contact_email_created_at_id"

# The planner thinks that words have nothing to do with each other. Of two that no line shares, or few lines, it looked
# through all lines from the newest on: two seconds at a million. Here the newest are asked first if that ends soon.
FOUND = r"""
CREATE FUNCTION certificates.lines_with_words(council uuid, words text[]) RETURNS uuid[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    few CONSTANT integer := 5000;
    looked_at CONSTANT integer := 1000;
    enough CONSTANT integer := 10;
    plan json;
    likely float8[] := '{}';
    rarest text[];
    word text;
    number integer;
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
          FROM (SELECT l.id
                  FROM (SELECT o.id FROM certificates.orders o WHERE o.organisation_id = council
                         ORDER BY o.created_at DESC, o.id DESC LIMIT looked_at) newest
                  JOIN certificates.order_lines l ON l.organisation_id = council AND l.order_id = newest.id
                 LIMIT looked_at) line
         WHERE NOT EXISTS (
            SELECT FROM unnest(rarest) wanted (word)
             WHERE NOT EXISTS (
                SELECT FROM certificates.line_terms t
                 WHERE t.organisation_id = council AND t.line_id = line.id
                   AND t.term >= wanted.word COLLATE "C" AND t.term < (wanted.word || chr(1114111)) COLLATE "C"));
        IF number >= enough THEN
            RETURN NULL;
        END IF;
    END IF;
    FOR number IN 1 .. cardinality(rarest) LOOP
        word := rarest[number];
        IF number = 1 THEN
            SELECT array_agg(t.line_id) INTO found FROM certificates.line_terms t
             WHERE t.organisation_id = council
               AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C";
        ELSIF likely[number] > 10 * cardinality(found) THEN
            SELECT array_agg(candidate.id) INTO found
              FROM unnest(found) candidate (id)
             CROSS JOIN LATERAL (
                SELECT FROM certificates.line_terms t
                 WHERE t.organisation_id = council AND t.line_id = candidate.id
                   AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C"
                 LIMIT 1) has;
        ELSE
            SELECT array_agg(shared.id) INTO found
              FROM (SELECT unnest(found) INTERSECT
                    SELECT t.line_id FROM certificates.line_terms t
                     WHERE t.organisation_id = council
                       AND t.term >= word COLLATE "C" AND t.term < (word || chr(1114111)) COLLATE "C") shared (id);
        END IF;
        IF found IS NULL THEN
            RETURN '{}';
        END IF;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT unnest(found));
END $$
"""


def upgrade() -> None:
    """Add the function and the orders of open work; the index of e-mail addresses loses what accounts ordered."""
    op.execute(FOUND)
    _index_guests(sa.text("customer_id IS NULL"))
    for name, column in SORTED.items():
        columns = ["organisation_id", column, "id"]
        op.create_index(name, "order_lines", columns, schema="certificates", postgresql_where=OPEN)


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP FUNCTION certificates.lines_with_words(uuid, text[])")
    _index_guests(None)
    for name in SORTED:
        op.drop_index(name, table_name="order_lines", schema="certificates", postgresql_where=OPEN)


def _index_guests(which: sa.TextClause | None) -> None:
    op.drop_index(op.f(GUESTS), table_name="orders", schema="certificates")
    columns = ["organisation_id", "contact_email", "created_at", "id"]
    op.create_index(op.f(GUESTS), "orders", columns, schema="certificates", postgresql_where=which)
