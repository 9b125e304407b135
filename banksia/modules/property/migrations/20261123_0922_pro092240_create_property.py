"""create property."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "pro092240"
down_revision = None
branch_labels = None
depends_on = None

# One statement per search: the places and parcels that a text can mean come in as lists, the answer goes out as JSON.
# Lists are texts with separators, which cost the driver a tenth of what arrays do. The plans are generic, because the
# planner would make a new one for every call, which costs more than all the work.
# It runs as its caller, so that row-level security holds; it is given the organisation because a search outside a
# request's session has no other statement that could set it, and refuses to change the one that is set.
SEARCH = """
CREATE FUNCTION property.search(
    organisation uuid, wanted integer, parcels_first boolean,
    plan_list text, plan_type_list text, lot_list text, section_list text,
    low_list text, high_list text, number_list text, suffix_list text, last_list text, unit_code_list text,
    unit_type_list text, unit_flag_list text, assessment_number text,
    OUT generation uuid, OUT results text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    between CONSTANT text := E'\\x1e';
    nothing CONSTANT text := E'\\x1f';
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
    unit_flags CONSTANT boolean[] := string_to_array(unit_flag_list, between)::boolean[];
    of_parcels text[] := '{}';
    of_places text[] := '{}';
    of_assessment text[] := '{}';
    most integer := wanted * 3;
BEGIN
    IF coalesce(current_setting('banksia.organisation_id', true), '') NOT IN ('', organisation::text) THEN
        RAISE EXCEPTION 'a search cannot leave the organisation of its transaction';
    END IF;
    PERFORM set_config('banksia.organisation_id', organisation::text, true);
    SELECT g.generation INTO generation FROM property.gazetteers g WHERE g.organisation_id = organisation;
    IF cardinality(plans) > 0 THEN
        of_parcels := ARRAY(
            SELECT e.result
            FROM (
                SELECT w.n, p.place, p.id, p.section, w.lot AS asked_lot, w.section AS asked_section,
                       min(p.section) OVER (PARTITION BY w.n) AS least_section
                FROM unnest(plans, plan_types, lots, sections) WITH ORDINALITY AS w (plan, plan_type, lot, section, n)
                CROSS JOIN LATERAL (
                    SELECT s.id, s.section,
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
            ORDER BY found.n, found.place, e.is_unit, e.street_key, e.number, e.suffix, e.unit_order
            LIMIT most);
    END IF;
    IF cardinality(lows) > 0 AND numbers[1] IS NOT NULL THEN
        of_places := ARRAY(
            SELECT e.result
            FROM unnest(lows, highs, numbers, suffixes, lasts, unit_codes, unit_types, unit_flags)
                 AS w (low, high, number, suffix, last, unit_code, unit_type, is_unit)
            CROSS JOIN LATERAL (
                SELECT s.result FROM property.search_entries s
                WHERE s.organisation_id = organisation AND s.is_unit = w.is_unit AND s.number = w.number
                  AND s.street_key >= w.low AND s.street_key < w.high
                  AND (w.suffix IS NULL OR s.suffix = w.suffix) AND (w.last IS NULL OR s.number_last = w.last)
                  AND (w.unit_code IS NULL OR s.unit_code = w.unit_code)
                  AND (w.unit_type IS NULL OR s.unit_type = w.unit_type)
                ORDER BY s.street_key, s.suffix, s.number_last, s.unit_order
                LIMIT wanted) AS e
            LIMIT most);
    ELSIF cardinality(lows) > 0 THEN
        of_places := ARRAY(
            SELECT e.result
            FROM unnest(lows, highs, unit_codes, unit_types, unit_flags) AS w (low, high, unit_code, unit_type, is_unit)
            CROSS JOIN LATERAL (
                SELECT s.result FROM property.search_entries s
                WHERE s.organisation_id = organisation AND s.is_unit = w.is_unit AND s.place = 0
                  AND s.street_key >= w.low AND s.street_key < w.high
                  AND (w.unit_code IS NULL OR s.unit_code = w.unit_code)
                  AND (w.unit_type IS NULL OR s.unit_type = w.unit_type)
                ORDER BY s.street_key, s.number, s.suffix, s.unit_order
                LIMIT wanted) AS e
            LIMIT most);
    END IF;
    IF assessment_number IS NOT NULL THEN
        of_assessment := ARRAY(
            SELECT e.result FROM property.assessments m
            JOIN property.properties o ON o.organisation_id = organisation AND o.assessment_id = m.id
            JOIN property.search_entries e ON e.organisation_id = organisation AND e.property_id = o.id AND e.place = 0
            WHERE m.organisation_id = organisation AND m.number = assessment_number
            ORDER BY e.is_unit, e.street_key, e.number, e.suffix, e.unit_order
            LIMIT wanted);
    END IF;
    SELECT '[' || coalesce(string_agg(once.result, ',' ORDER BY once.place), '') || ']' INTO results
    FROM (
        SELECT u.result, min(u.place) AS place
        FROM unnest(CASE WHEN parcels_first THEN of_parcels || of_assessment || of_places
                         ELSE of_places || of_parcels || of_assessment END) WITH ORDINALITY AS u (result, place)
        GROUP BY u.result ORDER BY min(u.place) LIMIT wanted) AS once;
END $$
"""


def upgrade() -> None:
    """Create property."""
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "gazetteers",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_gazetteers")),
        schema="property",
        info={"append_only": False},
    )
    op.create_table(
        "search_entries",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("is_unit", sa.Boolean(), nullable=False),
        sa.Column("street_key", sa.Text(collation="C"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.Text(collation="C"), nullable=False),
        sa.Column("number_last", sa.Text(collation="C"), nullable=False),
        sa.Column("unit_order", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("unit_type", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation_id", "property_id", "address_id", "place", name=op.f("pk_search_entries")
        ),
        schema="property",
        info={"append_only": False},
    )
    op.create_index(
        "ix_search_entries_number",
        "search_entries",
        ["organisation_id", "is_unit", "number", "street_key", "suffix", "number_last", "unit_order"],
        unique=False,
        schema="property",
    )
    op.create_index(
        "ix_search_entries_street",
        "search_entries",
        ["organisation_id", "is_unit", "street_key", "number", "suffix", "unit_order"],
        unique=False,
        schema="property",
    )
    op.create_table(
        "assessments",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(collation="C"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_assessments_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_assessments_organisation_id_number")),
        schema="property",
        info={"append_only": False},
    )
    op.create_table(
        "import_runs",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_import_runs_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
        schema="property",
        info={"append_only": False},
    )
    op.create_index("ix_import_runs_latest", "import_runs", ["organisation_id", "id"], unique=False, schema="property")
    op.create_table(
        "parcels",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("lot", sa.Text(collation="C"), nullable=False),
        sa.Column("section", sa.Text(collation="C"), nullable=False),
        sa.Column("plan_type", sa.Text(collation="C"), nullable=False),
        sa.Column("plan", sa.Text(collation="C"), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_part", sa.Boolean(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.Column("area_square_metres", sa.Double(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('proposed', 'current', 'historic')", name=op.f("ck_parcels_status")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_parcels_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcels")),
        sa.UniqueConstraint(
            "organisation_id",
            "plan",
            "lot",
            "section",
            "plan_type",
            name=op.f("uq_parcels_organisation_id_plan_lot_section_plan_type"),
        ),
        schema="property",
        info={"append_only": False},
    )
    op.create_table(
        "streets",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("locality", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_streets_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streets")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_streets_organisation_id_key")),
        schema="property",
        info={"append_only": False},
    )
    op.create_table(
        "addresses",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("street_id", sa.Uuid(), nullable=False),
        sa.Column("building", sa.Text(), nullable=True),
        sa.Column("level_type", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("flat_type", sa.Text(), nullable=True),
        sa.Column("flat", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("number_suffix", sa.Text(), nullable=True),
        sa.Column("number_last", sa.Text(), nullable=True),
        sa.Column("lot", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("from_suffix", sa.Text(), nullable=False),
        sa.Column("to_number", sa.Integer(), nullable=True),
        sa.Column("to_suffix", sa.Text(), nullable=False),
        sa.Column("unit_order", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_addresses_organisation_id")
        ),
        sa.ForeignKeyConstraint(["street_id"], ["property.streets.id"], name=op.f("fk_addresses_street_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_addresses_organisation_id_key")),
        schema="property",
        info={"append_only": False},
    )
    op.create_table(
        "properties",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('proposed', 'current', 'historic')", name=op.f("ck_properties_status")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["property.assessments.id"], name=op.f("fk_properties_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_properties_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_properties")),
        sa.UniqueConstraint(
            "organisation_id", "assessment_id", name=op.f("uq_properties_organisation_id_assessment_id")
        ),
        schema="property",
        info={"append_only": False},
    )
    op.create_table(
        "parcel_addresses",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("parcel_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["property.addresses.id"], name=op.f("fk_parcel_addresses_address_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["property.parcels.id"], name=op.f("fk_parcel_addresses_parcel_id")),
        sa.PrimaryKeyConstraint("organisation_id", "parcel_id", "address_id", name=op.f("pk_parcel_addresses")),
        schema="property",
        info={"append_only": False},
    )
    op.create_index(
        "ix_parcel_addresses_address",
        "parcel_addresses",
        ["organisation_id", "address_id"],
        unique=False,
        schema="property",
    )
    op.create_table(
        "property_addresses",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["property.addresses.id"], name=op.f("fk_property_addresses_address_id")
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.properties.id"], name=op.f("fk_property_addresses_property_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "property_id", "address_id", name=op.f("pk_property_addresses")),
        schema="property",
        info={"append_only": False},
    )
    op.create_index(
        "ix_property_addresses_address",
        "property_addresses",
        ["organisation_id", "address_id"],
        unique=False,
        schema="property",
    )
    op.create_table(
        "property_parcels",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("parcel_id", sa.Uuid(), nullable=False),
        sa.Column("import_run_id", sa.Uuid(), nullable=True),
        sa.Column("source_line", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["parcel_id"], ["property.parcels.id"], name=op.f("fk_property_parcels_parcel_id")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.properties.id"], name=op.f("fk_property_parcels_property_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "property_id", "parcel_id", name=op.f("pk_property_parcels")),
        schema="property",
        info={"append_only": False},
    )
    op.create_index(
        "ix_property_parcels_parcel",
        "property_parcels",
        ["organisation_id", "parcel_id"],
        unique=False,
        schema="property",
    )
    # ### end Alembic commands ###
    op.execute(SEARCH)


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP FUNCTION property.search")
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_index("ix_property_parcels_parcel", table_name="property_parcels", schema="property")
    op.drop_table("property_parcels", schema="property")
    op.drop_index("ix_property_addresses_address", table_name="property_addresses", schema="property")
    op.drop_table("property_addresses", schema="property")
    op.drop_index("ix_parcel_addresses_address", table_name="parcel_addresses", schema="property")
    op.drop_table("parcel_addresses", schema="property")
    op.drop_table("properties", schema="property")
    op.drop_table("addresses", schema="property")
    op.drop_table("streets", schema="property")
    op.drop_table("parcels", schema="property")
    op.drop_index("ix_import_runs_latest", table_name="import_runs", schema="property")
    op.drop_table("import_runs", schema="property")
    op.drop_table("assessments", schema="property")
    op.drop_index("ix_search_entries_street", table_name="search_entries", schema="property")
    op.drop_index("ix_search_entries_number", table_name="search_entries", schema="property")
    op.drop_table("search_entries", schema="property")
    op.drop_table("gazetteers", schema="property")
    # ### end Alembic commands ###
