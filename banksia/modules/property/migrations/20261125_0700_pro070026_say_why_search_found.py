"""Say why search found what it found: buildings, begun parcels and assessments, historic properties."""

import sqlalchemy as sa
from alembic import op

revision = "pro070026"
down_revision = "pro040126"
branch_labels = None
depends_on = None

STREET = ("organisation_id", "rank", "street_key", "number", "suffix", "unit_order")
NUMBER = ("organisation_id", "rank", "number", "street_key", "suffix", "number_last", "unit_order")

SUCCESSORS = """
CREATE FUNCTION property.successors_of(organisation uuid, property uuid) RETURNS text
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE down (parcel_id) AS (
        SELECT pp.parcel_id FROM property.property_parcels pp
        WHERE pp.organisation_id = organisation AND pp.property_id = property AND pp.valid_to IS NULL
        UNION
        SELECT child.parcel_id FROM down
        JOIN property.parcels p ON p.id = down.parcel_id AND p.status = 'historic'
        JOIN property.lineage_parcels parent
          ON parent.organisation_id = organisation AND parent.parcel_id = down.parcel_id AND parent.side = 'parent'
        JOIN property.lineage_events e ON e.id = parent.event_id AND e.valid_to IS NULL
        JOIN property.lineage_parcels child
          ON child.organisation_id = organisation AND child.event_id = parent.event_id AND child.side = 'child'
    )
    SELECT coalesce(json_agg(once.label), '[]')::text FROM (
        SELECT p.lot || '/' || p.section || '/' || p.plan_type || p.plan AS label
        FROM down JOIN property.parcels p ON p.id = down.parcel_id AND p.status <> 'historic'
        WHERE down.parcel_id NOT IN (
            SELECT pp.parcel_id FROM property.property_parcels pp
            WHERE pp.organisation_id = organisation AND pp.property_id = property AND pp.valid_to IS NULL)
        ORDER BY p.plan_type, p.plan, length(p.lot), p.lot LIMIT 50) AS once
$$
"""

# One statement per search: the places and parcels that a text can mean come in as lists, the answer goes out as JSON.
# Lists are texts with separators, which cost the driver a tenth of what arrays do. The plans are generic, because the
# planner would make a new one for every call, which costs more than all the work.
# It runs as its caller, so that row-level security holds; it is given the organisation because a search outside a
# request's session has no other statement that could set it, and refuses to change the one that is set.
# Before what was found stands one letter that says why: its place in `matches`; a capital says that the parcel that was
# asked for has ended. A place that is asked for with a number looks at so many rows at most before it sorts them.
SEARCH = """
CREATE FUNCTION property.search(
    organisation uuid, wanted integer, parcels_first boolean,
    plan_list text, plan_type_list text, lot_list text, section_list text,
    low_list text, high_list text, number_list text, suffix_list text, last_list text, unit_code_list text,
    unit_type_list text, rank_list text, why_list text, street_list text, begun_number text,
    assessment_number text,
    OUT generation uuid, OUT results text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    between CONSTANT text := E'\\x1e';
    nothing CONSTANT text := E'\\x1f';
    matches CONSTANT text[] := ARRAY[
        '{"by":"address","how":"exact"}', '{"by":"address","how":"begins"}',
        '{"by":"address","how":"spelling"}', '{"by":"address","how":"other"}',
        '{"by":"building","how":"exact"}', '{"by":"building","how":"begins"}',
        '{"by":"building","how":"spelling"}', '{"by":"parcel","how":"exact"}', '{"by":"parcel","how":"begins"}',
        '{"by":"assessment","how":"exact"}', '{"by":"assessment","how":"begins"}'];
    plans CONSTANT text[] := string_to_array(plan_list, between);
    plan_types CONSTANT text[] := string_to_array(plan_type_list, between, nothing);
    lots CONSTANT text[] := string_to_array(lot_list, between, nothing);
    sections CONSTANT text[] := string_to_array(section_list, between, nothing);
    lows CONSTANT text[] := string_to_array(low_list, between);
    highs CONSTANT text[] := string_to_array(high_list, between);
    numbers CONSTANT integer[] := string_to_array(number_list, between, nothing)::integer[];
    suffixes CONSTANT text[] := string_to_array(suffix_list, between, nothing);
    lasts CONSTANT text[] := string_to_array(last_list, between, nothing);
    unit_codes CONSTANT text[] := string_to_array(unit_code_list, between, nothing);
    unit_types CONSTANT text[] := string_to_array(unit_type_list, between, nothing);
    ranks CONSTANT smallint[] := string_to_array(rank_list, between)::smallint[];
    whys CONSTANT text[] := string_to_array(why_list, between);
    begins_with CONSTANT integer := nullif(begun_number, '')::integer;
    streets CONSTANT text[] := string_to_array(street_list, between, nothing);
    of_parcels text[] := '{}';
    of_places text[] := '{}';
    of_assessment text[] := '{}';
    of_begun_assessments text[] := '{}';
    found text[];
    begun text;
    most integer := wanted * 3;
BEGIN
    IF coalesce(current_setting('banksia.organisation_id', true), '') NOT IN ('', organisation::text) THEN
        RAISE EXCEPTION 'a search cannot leave the organisation of its transaction';
    END IF;
    PERFORM set_config('banksia.organisation_id', organisation::text, true);
    SELECT g.generation INTO generation FROM property.gazetteers g WHERE g.organisation_id = organisation;
    IF cardinality(plans) > 0 THEN
        of_parcels := ARRAY(
            SELECT CASE WHEN found.status = 'historic' THEN 'H' ELSE 'h' END || e.result
            FROM (
                SELECT w.n, p.place, p.id, p.section, p.status, w.lot AS asked_lot, w.section AS asked_section,
                       min(p.section) OVER (PARTITION BY w.n) AS least_section
                FROM unnest(plans, plan_types, lots, sections) WITH ORDINALITY AS w (plan, plan_type, lot, section, n)
                CROSS JOIN LATERAL (
                    SELECT s.id, s.section, s.status,
                           row_number() OVER (ORDER BY s.status = 'historic', s.section, length(s.lot), s.lot) AS place
                    FROM property.parcels s
                    WHERE s.organisation_id = organisation AND s.plan = w.plan
                      AND s.lot >= coalesce(w.lot, '') AND s.lot <= coalesce(w.lot, '~')
                      AND (w.section IS NULL OR s.section = w.section)
                      AND s.plan_type = coalesce(w.plan_type, CASE WHEN EXISTS (
                              SELECT FROM property.parcels d
                              WHERE d.organisation_id = organisation AND d.plan = w.plan AND d.plan_type = 'DP')
                          THEN 'DP' ELSE 'SP' END)
                    ORDER BY s.status = 'historic', s.section, length(s.lot), s.lot
                    LIMIT most) AS p
            ) AS found
            JOIN property.property_parcels pp
              ON pp.organisation_id = organisation AND pp.parcel_id = found.id AND pp.valid_to IS NULL
            JOIN property.search_entries e
              ON e.organisation_id = organisation AND e.property_id = pp.property_id AND e.place = 0
            WHERE found.asked_lot IS NULL OR found.asked_section IS NOT NULL OR found.least_section <> ''
               OR found.section = ''
            ORDER BY found.n, found.place, e.rank, e.street_key, e.number, e.suffix, e.unit_order
            LIMIT most);
    END IF;
    IF cardinality(plans) = 1 AND cardinality(of_parcels) = 0 THEN
        begun := CASE plans[1] WHEN '*' THEN '' ELSE plans[1] END;
        IF lots[1] IS NULL THEN
            of_parcels := ARRAY(
                SELECT CASE WHEN p.status = 'historic' THEN 'I' ELSE 'i' END || e.result
                FROM (
                    SELECT a.plan, a.lot, a.section, a.plan_type
                    FROM (
                        SELECT s.plan, s.lot, s.section, s.plan_type FROM property.parcels s
                        WHERE s.organisation_id = organisation AND s.plan >= begun AND s.plan < begun || '~'
                        ORDER BY s.plan, s.lot LIMIT 300) AS a
                    WHERE plan_types[1] IS NULL OR a.plan_type = plan_types[1]
                    ORDER BY a.plan, a.section, length(a.lot), a.lot LIMIT wanted) AS first
                JOIN property.parcels p
                  ON p.organisation_id = organisation AND p.plan = first.plan AND p.lot = first.lot
                 AND p.section = first.section AND p.plan_type = first.plan_type
                JOIN property.property_parcels pp
                  ON pp.organisation_id = organisation AND pp.parcel_id = p.id AND pp.valid_to IS NULL
                JOIN property.search_entries e
                  ON e.organisation_id = organisation AND e.property_id = pp.property_id AND e.place = 0
                ORDER BY p.status = 'historic', p.plan, p.section, length(p.lot), p.lot, e.rank, e.street_key, e.number
                LIMIT most);
        ELSE
            of_parcels := ARRAY(
                SELECT CASE WHEN p.status = 'historic' THEN 'I' ELSE 'i' END || e.result
                FROM (
                    SELECT s.id, s.status, s.plan, s.section FROM property.parcels s
                    WHERE s.organisation_id = organisation AND s.lot = lots[1]
                      AND s.plan >= begun AND s.plan < begun || '~'
                      AND (sections[1] IS NULL OR s.section = sections[1])
                      AND (plan_types[1] IS NULL OR s.plan_type = plan_types[1])
                    ORDER BY s.plan, s.section, s.plan_type LIMIT wanted) AS p
                JOIN property.property_parcels pp
                  ON pp.organisation_id = organisation AND pp.parcel_id = p.id AND pp.valid_to IS NULL
                JOIN property.search_entries e
                  ON e.organisation_id = organisation AND e.property_id = pp.property_id AND e.place = 0
                ORDER BY p.status = 'historic', p.plan, p.section, e.rank, e.street_key, e.number
                LIMIT most);
        END IF;
    END IF;
    IF cardinality(lows) > 0 AND numbers[1] IS NOT NULL THEN
        of_places := ARRAY(
            SELECT w.why || e.result
            FROM unnest(lows, highs, numbers, suffixes, lasts, unit_codes, unit_types, ranks, whys, streets)
                 AS w (low, high, number, suffix, last, unit_code, unit_type, rank, why, streets)
            CROSS JOIN LATERAL (
                SELECT n.result FROM (
                    (SELECT s.result, s.street_key, s.suffix, s.number_last, s.unit_order
                    FROM property.search_entries s
                    WHERE w.streets IS NULL AND s.organisation_id = organisation AND s.rank = w.rank
                      AND s.number = w.number AND s.street_key >= w.low AND s.street_key < w.high
                      AND (w.suffix IS NULL OR s.suffix = w.suffix) AND (w.last IS NULL OR s.number_last = w.last)
                      AND (w.unit_code IS NULL OR s.unit_code = w.unit_code)
                      AND (w.unit_type IS NULL OR s.unit_type = w.unit_type)
                    ORDER BY s.street_key, s.suffix, s.number_last, s.unit_order
                    LIMIT 40)
                    UNION ALL
                    (SELECT s.result, s.street_key, s.suffix, s.number_last, s.unit_order
                    FROM property.search_entries s
                    WHERE w.streets IS NOT NULL AND s.organisation_id = organisation AND s.rank = w.rank
                      AND s.number = w.number AND s.street_key = ANY (string_to_array(w.streets, E'\\x1d'))
                      AND (w.suffix IS NULL OR s.suffix = w.suffix) AND (w.last IS NULL OR s.number_last = w.last)
                      AND (w.unit_code IS NULL OR s.unit_code = w.unit_code)
                      AND (w.unit_type IS NULL OR s.unit_type = w.unit_type)
                    ORDER BY s.street_key, s.suffix, s.number_last, s.unit_order
                    LIMIT 40)) AS n
                ORDER BY w.suffix IS NULL AND n.suffix <> '', w.last IS NULL AND n.number_last <> '',
                         n.street_key, n.suffix, n.number_last, n.unit_order
                LIMIT wanted) AS e
            LIMIT most);
    ELSIF cardinality(lows) > 0 THEN
        of_places := ARRAY(
            SELECT w.why || e.result
            FROM unnest(lows, highs, unit_codes, unit_types, ranks, whys)
                 AS w (low, high, unit_code, unit_type, rank, why)
            CROSS JOIN LATERAL (
                SELECT s.result FROM property.search_entries s
                WHERE s.organisation_id = organisation AND s.rank = w.rank AND s.place <> 1
                  AND s.street_key >= w.low AND s.street_key < w.high
                  AND (w.unit_code IS NULL OR s.unit_code = w.unit_code)
                  AND (w.unit_type IS NULL OR s.unit_type = w.unit_type)
                ORDER BY s.street_key, s.number, s.suffix, s.unit_order
                LIMIT wanted) AS e
            LIMIT most);
    END IF;
    IF begins_with IS NOT NULL AND cardinality(of_places) < wanted THEN
        of_places := of_places || ARRAY(
            SELECT 'b' || e.result
            FROM unnest('{0,1,2,3}'::smallint[]) AS r (rank)
            CROSS JOIN unnest('{10,100,1000}'::integer[]) AS by (factor)
            CROSS JOIN LATERAL (
                SELECT s.result FROM property.search_entries s
                WHERE s.organisation_id = organisation AND s.rank = r.rank
                  AND s.number >= begins_with * by.factor AND s.number < (begins_with + 1) * by.factor
                  AND s.street_key > '' AND s.street_key < '~'
                ORDER BY s.number, s.street_key, s.suffix, s.number_last, s.unit_order
                LIMIT wanted) AS e
            LIMIT most);
    END IF;
    IF assessment_number IS NOT NULL THEN
        of_assessment := ARRAY(
            SELECT 'j' || e.result FROM property.assessments m
            JOIN property.properties o ON o.organisation_id = organisation AND o.assessment_id = m.id
            JOIN property.search_entries e ON e.organisation_id = organisation AND e.property_id = o.id AND e.place = 0
            WHERE m.organisation_id = organisation AND m.number = assessment_number
            ORDER BY e.rank, e.street_key, e.number, e.suffix, e.unit_order
            LIMIT wanted);
        of_begun_assessments := ARRAY(
            SELECT 'k' || e.result FROM (
                SELECT a.id, a.number FROM property.assessments a
                WHERE a.organisation_id = organisation
                  AND a.number > assessment_number AND a.number < assessment_number || '~'
                ORDER BY a.number LIMIT wanted) AS m
            JOIN property.properties o ON o.organisation_id = organisation AND o.assessment_id = m.id
            JOIN property.search_entries e ON e.organisation_id = organisation AND e.property_id = o.id AND e.place = 0
            ORDER BY m.number, e.rank, e.street_key, e.number, e.suffix, e.unit_order
            LIMIT wanted);
    END IF;
    found := CASE WHEN parcels_first THEN of_parcels || of_assessment || of_places
                  ELSE of_places || of_parcels || of_assessment END || of_begun_assessments;
    SELECT '[' || coalesce(string_agg(
        left(once.result, -1) || ',"successors":'
        || CASE WHEN found[once.place] < '[' OR strpos(once.result, '"status" : "historic"') > 0
                THEN property.successors_of(organisation, (once.result::json ->> 'id')::uuid) ELSE '[]' END
        || ',"match":' || matches[ascii(lower(left(found[once.place], 1))) - 96] || '}',
        ',' ORDER BY once.place), '') || ']' INTO results
    FROM (
        SELECT substr(u.entry, 2) AS result, min(u.place) AS place
        FROM unnest(found) WITH ORDINALITY AS u (entry, place)
        GROUP BY substr(u.entry, 2) ORDER BY min(u.place) LIMIT wanted) AS once;
END $$
"""

BUILDINGS = """
INSERT INTO property.search_entries
    (organisation_id, property_id, address_id, place, rank, street_key, number, suffix, number_last, unit_order,
     unit_code, unit_type, result)
SELECT e.organisation_id, e.property_id, e.address_id, 2, e.rank,
       '~' || replace(replace(a.building, '''', ''), '-', ' '), e.number, e.suffix,
       e.number_last, e.unit_order, e.unit_code, e.unit_type, e.result
FROM property.search_entries e JOIN property.addresses a ON a.id = e.address_id
WHERE e.place = 0 AND a.building IS NOT NULL"""


def upgrade() -> None:
    """Rank entries, index what is begun, and answer why."""
    op.execute("DROP FUNCTION property.search")
    op.drop_index("ix_search_entries_street", table_name="search_entries", schema="property")
    op.drop_index("ix_search_entries_number", table_name="search_entries", schema="property")
    op.add_column("search_entries", sa.Column("rank", sa.SmallInteger(), nullable=True), schema="property")
    op.execute(
        "UPDATE property.search_entries SET rank = is_unit::int"
        " + CASE result::json ->> 'status' WHEN 'historic' THEN 2 ELSE 0 END"
    )
    op.alter_column("search_entries", "rank", nullable=False, schema="property")
    op.drop_column("search_entries", "is_unit", schema="property")
    op.create_index("ix_search_entries_street", "search_entries", STREET, unique=False, schema="property")
    op.create_index("ix_search_entries_number", "search_entries", NUMBER, unique=False, schema="property")
    op.create_index(
        "ix_parcels_lot",
        "parcels",
        ["organisation_id", "lot", "plan", "section", "plan_type"],
        unique=False,
        schema="property",
    )
    op.create_index(
        "ix_addresses_building",
        "addresses",
        ["organisation_id", "building"],
        unique=False,
        schema="property",
        postgresql_where=sa.text("building IS NOT NULL"),
    )
    op.execute(BUILDINGS)
    op.execute(SUCCESSORS)
    op.execute(SEARCH)


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP FUNCTION property.search")
    op.execute("DROP FUNCTION property.successors_of")
    op.execute("DELETE FROM property.search_entries WHERE place = 2")
    op.drop_index("ix_addresses_building", table_name="addresses", schema="property")
    op.drop_index("ix_parcels_lot", table_name="parcels", schema="property")
    op.drop_index("ix_search_entries_number", table_name="search_entries", schema="property")
    op.drop_index("ix_search_entries_street", table_name="search_entries", schema="property")
    op.add_column("search_entries", sa.Column("is_unit", sa.Boolean(), nullable=True), schema="property")
    op.execute("UPDATE property.search_entries SET is_unit = rank IN (1, 3)")
    op.alter_column("search_entries", "is_unit", nullable=False, schema="property")
    op.drop_column("search_entries", "rank", schema="property")
    before = ["is_unit" if name == "rank" else name for name in STREET]
    op.create_index("ix_search_entries_street", "search_entries", before, unique=False, schema="property")
    before = ["is_unit" if name == "rank" else name for name in NUMBER]
    op.create_index("ix_search_entries_number", "search_entries", before, unique=False, schema="property")
    environment = op.get_context().environment_context
    assert environment is not None  # noqa: S101  (only offline scripts have none)
    op.execute(environment.script.get_revision("pro092240").module.SEARCH)
