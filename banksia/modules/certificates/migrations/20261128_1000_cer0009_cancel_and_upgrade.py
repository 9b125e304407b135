"""Orders for historic parcels with their reason, paid orders that are cancelled, and upgrades of certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0009"
down_revision = "cer0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table of upgrades."""
    op.add_column("order_lines", sa.Column("override_reason", sa.Text(), nullable=True), schema="certificates")
    op.add_column("orders", sa.Column("cancelled_by_name", sa.Text(), nullable=True), schema="certificates")
    op.add_column("orders", sa.Column("cancel_reason", sa.Text(), nullable=True), schema="certificates")
    op.add_column("orders", sa.Column("kept_cents", sa.Integer(), nullable=True), schema="certificates")
    op.create_check_constraint(op.f("ck_orders_kept_cents"), "orders", "kept_cents >= 0", schema="certificates")
    op.create_table(
        "line_upgrades",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("from_title", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("product_snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fee_id", sa.Uuid(), nullable=False),
        sa.Column("fee_difference_cents", sa.Integer(), nullable=False),
        sa.Column("urgent_difference_cents", sa.Integer(), nullable=False),
        sa.Column("gst_treatment", sa.Text(), nullable=False),
        sa.Column("gl_code", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("turnaround_days", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'done', 'too_late', 'cancelled')", name=op.f("ck_line_upgrades_state")
        ),
        sa.CheckConstraint(
            "fee_difference_cents >= 0 AND urgent_difference_cents >= 0", name=op.f("ck_line_upgrades_not_negative")
        ),
        sa.CheckConstraint(
            "fee_difference_cents + urgent_difference_cents > 0", name=op.f("ck_line_upgrades_costs_something")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_line_upgrades_order_id")),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f("fk_line_upgrades_line_id")),
        sa.ForeignKeyConstraint(["product_id"], ["certificates.products.id"], name=op.f("fk_line_upgrades_product_id")),
        sa.ForeignKeyConstraint(["fee_id"], ["certificates.product_fees.id"], name=op.f("fk_line_upgrades_fee_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_line_upgrades_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_upgrades")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        "uq_line_upgrades_one_open",
        "line_upgrades",
        ["organisation_id", "line_id"],
        unique=True,
        schema="certificates",
        postgresql_where=sa.text("state = 'awaiting_payment'"),
    )
    op.create_index(
        op.f("ix_line_upgrades_organisation_id_order_id_id"),
        "line_upgrades",
        ["organisation_id", "order_id", "id"],
        schema="certificates",
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("line_upgrades", schema="certificates")
    op.drop_constraint(op.f("ck_orders_kept_cents"), "orders", schema="certificates")
    for column in ("kept_cents", "cancel_reason", "cancelled_by_name"):
        op.drop_column("orders", column, schema="certificates")
    op.drop_column("order_lines", "override_reason", schema="certificates")
