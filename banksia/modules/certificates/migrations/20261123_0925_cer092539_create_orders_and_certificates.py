"""create orders and certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer092539"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create orders and certificates."""
    op.create_table(
        "number_series",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_number_series_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint(
            "organisation_id", "series", "year", name=op.f("uq_number_series_organisation_id_series_year")
        ),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_table(
        "products",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("short_title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("number_prefix", sa.Text(), nullable=False),
        sa.Column("contains", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("link_url", sa.Text(), nullable=True),
        sa.Column("turnaround_days", sa.Integer(), nullable=False),
        sa.Column("urgent_turnaround_days", sa.Integer(), nullable=True),
        sa.Column("cut_off", sa.Time(), nullable=False),
        sa.Column("closed_from_on", sa.Date(), nullable=True),
        sa.Column("opens_again_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind = 'sale' OR link_url IS NOT NULL", name=op.f("ck_products_link_url")),
        sa.CheckConstraint("kind IN ('sale', 'link')", name=op.f("ck_products_kind")),
        sa.CheckConstraint("turnaround_days BETWEEN 1 AND 250", name=op.f("ck_products_turnaround_days")),
        sa.CheckConstraint(
            "urgent_turnaround_days BETWEEN 1 AND turnaround_days", name=op.f("ck_products_urgent_turnaround_days")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_products_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_products_organisation_id_code")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_products_organisation_id_position"),
        "products",
        ["organisation_id", "position"],
        unique=False,
        schema="certificates",
    )
    op.create_table(
        "orders",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("lodged_by_id", sa.Uuid(), nullable=True),
        sa.Column("lodged_by_name", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("channel IN ('online', 'counter')", name=op.f("ck_orders_channel")),
        sa.CheckConstraint("total_cents >= 0", name=op.f("ck_orders_total_cents")),
        sa.ForeignKeyConstraint(["customer_id"], ["auth.users.id"], name=op.f("fk_orders_customer_id")),
        sa.ForeignKeyConstraint(["lodged_by_id"], ["auth.users.id"], name=op.f("fk_orders_lodged_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_orders_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_orders_organisation_id_number")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_orders_organisation_id_contact_email"),
        "orders",
        ["organisation_id", "contact_email"],
        unique=False,
        schema="certificates",
    )
    op.create_index(
        op.f("ix_orders_organisation_id_created_at_id"),
        "orders",
        ["organisation_id", "created_at", "id"],
        unique=False,
        schema="certificates",
    )
    op.create_index(
        op.f("ix_orders_organisation_id_customer_id_created_at_id"),
        "orders",
        ["organisation_id", "customer_id", "created_at", "id"],
        unique=False,
        schema="certificates",
    )
    op.create_table(
        "product_fees",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("urgent_fee_cents", sa.Integer(), nullable=True),
        sa.Column("gst_treatment", sa.Text(), nullable=False),
        sa.Column("gl_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "gst_treatment IN ('exempt', 'taxable', 'out_of_scope')", name=op.f("ck_product_fees_gst_treatment")
        ),
        sa.CheckConstraint("fee_cents >= 0 AND urgent_fee_cents >= 0", name=op.f("ck_product_fees_not_negative")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_product_fees_organisation_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["certificates.products.id"], name=op.f("fk_product_fees_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_fees")),
        sa.UniqueConstraint(
            "organisation_id",
            "product_id",
            "valid_from_on",
            name=op.f("uq_product_fees_organisation_id_product_id_valid_from_on"),
        ),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_table(
        "order_lines",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("product_snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fee_id", sa.Uuid(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("urgent_fee_cents", sa.Integer(), nullable=False),
        sa.Column("gst_cents", sa.Integer(), nullable=False),
        sa.Column("gst_treatment", sa.Text(), nullable=False),
        sa.Column("gl_code", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("parcel", sa.Text(), nullable=False),
        sa.Column("property_snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("turnaround_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assigned_to_id", sa.Uuid(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_days_left", sa.Integer(), nullable=True),
        sa.Column("held_from_state", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'queued', 'assigned', 'drafted', 'on_hold', 'issued', 'cannot_issue', "
            "'cancelled')",
            name=op.f("ck_order_lines_state"),
        ),
        sa.CheckConstraint(
            "fee_cents >= 0 AND urgent_fee_cents >= 0 AND gst_cents >= 0", name=op.f("ck_order_lines_not_negative")
        ),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["auth.users.id"], name=op.f("fk_order_lines_assigned_to_id")),
        sa.ForeignKeyConstraint(["fee_id"], ["certificates.product_fees.id"], name=op.f("fk_order_lines_fee_id")),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_order_lines_organisation_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["certificates.products.id"], name=op.f("fk_order_lines_product_id")),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_order_lines_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
        sa.UniqueConstraint(
            "organisation_id", "order_id", "position", name=op.f("uq_order_lines_organisation_id_order_id_position")
        ),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        "ix_order_lines_issued",
        "order_lines",
        ["organisation_id", "issued_at", "id"],
        unique=False,
        schema="certificates",
        postgresql_where="state = 'issued'",
    )
    op.create_index(
        "ix_order_lines_open_due",
        "order_lines",
        ["organisation_id", "due_on", "id"],
        unique=False,
        schema="certificates",
        postgresql_where="state IN ('queued', 'assigned', 'drafted', 'on_hold')",
    )
    op.create_index(
        "ix_order_lines_open_mine",
        "order_lines",
        ["organisation_id", "assigned_to_id", "due_on", "id"],
        unique=False,
        schema="certificates",
        postgresql_where="state IN ('queued', 'assigned', 'drafted', 'on_hold')",
    )
    op.create_index(
        op.f("ix_order_lines_organisation_id_property_id_id"),
        "order_lines",
        ["organisation_id", "property_id", "id"],
        unique=False,
        schema="certificates",
    )
    op.create_index(
        "ix_order_lines_unfinished",
        "order_lines",
        ["organisation_id", "order_id"],
        unique=False,
        schema="certificates",
        postgresql_where="state NOT IN ('issued', 'cannot_issue', 'cancelled')",
    )
    op.create_table(
        "order_tokens",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_order_tokens_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_order_tokens_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_tokens")),
        sa.UniqueConstraint(
            "organisation_id", "token_sha256", name=op.f("uq_order_tokens_organisation_id_token_sha256")
        ),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_table(
        "placement_keys",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_placement_keys_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_placement_keys_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_keys")),
        sa.UniqueConstraint("organisation_id", "key_sha256", name=op.f("uq_placement_keys_organisation_id_key_sha256")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_table(
        "certificates",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("parcel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by_name", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["auth.users.id"], name=op.f("fk_certificates_issued_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f("fk_certificates_line_id")),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_certificates_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_certificates_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_certificates_property_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["certificates.certificates.id"], name=op.f("fk_certificates_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_certificates_organisation_id_number")),
        sa.UniqueConstraint(
            "organisation_id", "supersedes_id", name=op.f("uq_certificates_organisation_id_supersedes_id")
        ),
        schema="certificates",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_certificates_organisation_id_line_id"),
        "certificates",
        ["organisation_id", "line_id"],
        unique=False,
        schema="certificates",
    )
    op.create_index(
        op.f("ix_certificates_organisation_id_property_id"),
        "certificates",
        ["organisation_id", "property_id"],
        unique=False,
        schema="certificates",
    )
    op.create_table(
        "drafts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.Column("saved_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f("fk_drafts_line_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_drafts_organisation_id")
        ),
        sa.ForeignKeyConstraint(["saved_by_id"], ["auth.users.id"], name=op.f("fk_drafts_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("organisation_id", "line_id", name=op.f("uq_drafts_organisation_id_line_id")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_table(
        "line_terms",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(collation="C"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["certificates.order_lines.id"], name=op.f("fk_line_terms_line_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_line_terms_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_terms")),
        sa.UniqueConstraint(
            "organisation_id", "term", "line_id", name=op.f("uq_line_terms_organisation_id_term_line_id")
        ),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_line_terms_organisation_id_line_id"),
        "line_terms",
        ["organisation_id", "line_id"],
        unique=False,
        schema="certificates",
    )
    op.create_table(
        "line_transitions",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f("fk_line_transitions_line_id")),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_line_transitions_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_line_transitions_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_transitions")),
        schema="certificates",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_line_transitions_organisation_id_order_id_id"),
        "line_transitions",
        ["organisation_id", "order_id", "id"],
        unique=False,
        schema="certificates",
    )
    op.create_table(
        "issuances",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by_name", sa.Text(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["auth.users.id"], name=op.f("fk_issuances_issued_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f("fk_issuances_line_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_issuances_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["certificates.certificates.id"], name=op.f("fk_issuances_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuances")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_issuances_organisation_id_number")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        "uq_issuances_open",
        "issuances",
        ["organisation_id", "line_id"],
        unique=True,
        schema="certificates",
        postgresql_where="finished_at IS NULL",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(
        "uq_issuances_open", table_name="issuances", schema="certificates", postgresql_where="finished_at IS NULL"
    )
    op.drop_table("issuances", schema="certificates")
    op.drop_index(
        op.f("ix_line_transitions_organisation_id_order_id_id"), table_name="line_transitions", schema="certificates"
    )
    op.drop_table("line_transitions", schema="certificates")
    op.drop_index(op.f("ix_line_terms_organisation_id_line_id"), table_name="line_terms", schema="certificates")
    op.drop_table("line_terms", schema="certificates")
    op.drop_table("drafts", schema="certificates")
    op.drop_index(op.f("ix_certificates_organisation_id_property_id"), table_name="certificates", schema="certificates")
    op.drop_index(op.f("ix_certificates_organisation_id_line_id"), table_name="certificates", schema="certificates")
    op.drop_table("certificates", schema="certificates")
    op.drop_table("placement_keys", schema="certificates")
    op.drop_table("order_tokens", schema="certificates")
    op.drop_index(
        "ix_order_lines_unfinished",
        table_name="order_lines",
        schema="certificates",
        postgresql_where="state NOT IN ('issued', 'cannot_issue', 'cancelled')",
    )
    op.drop_index(
        op.f("ix_order_lines_organisation_id_property_id_id"), table_name="order_lines", schema="certificates"
    )
    op.drop_index(
        "ix_order_lines_open_mine",
        table_name="order_lines",
        schema="certificates",
        postgresql_where="state IN ('queued', 'assigned', 'drafted', 'on_hold')",
    )
    op.drop_index(
        "ix_order_lines_open_due",
        table_name="order_lines",
        schema="certificates",
        postgresql_where="state IN ('queued', 'assigned', 'drafted', 'on_hold')",
    )
    op.drop_index(
        "ix_order_lines_issued", table_name="order_lines", schema="certificates", postgresql_where="state = 'issued'"
    )
    op.drop_table("order_lines", schema="certificates")
    op.drop_table("product_fees", schema="certificates")
    op.drop_index(
        op.f("ix_orders_organisation_id_customer_id_created_at_id"), table_name="orders", schema="certificates"
    )
    op.drop_index(op.f("ix_orders_organisation_id_created_at_id"), table_name="orders", schema="certificates")
    op.drop_index(op.f("ix_orders_organisation_id_contact_email"), table_name="orders", schema="certificates")
    op.drop_table("orders", schema="certificates")
    op.drop_index(op.f("ix_products_organisation_id_position"), table_name="products", schema="certificates")
    op.drop_table("products", schema="certificates")
    op.drop_table("number_series", schema="certificates")
