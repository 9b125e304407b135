"""Indexes that reports read a period by, and the filters that people save."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0008"
down_revision = "cer0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes and the table."""
    op.create_index(
        "ix_order_lines_placed",
        "order_lines",
        ["organisation_id", "created_at"],
        schema="certificates",
        postgresql_include=["product_code", "position"],
    )
    op.create_index(
        "ix_line_transitions_ended",
        "line_transitions",
        ["organisation_id", "created_at"],
        schema="certificates",
        postgresql_where=sa.text("to_state IN ('cannot_issue', 'cancelled')"),
    )
    op.create_index(
        "ix_certificates_first_issued",
        "certificates",
        ["organisation_id", "issued_at"],
        schema="certificates",
        postgresql_include=["line_id", "product_code"],
        postgresql_where=sa.text("supersedes_id IS NULL"),
    )
    op.create_table(
        "saved_filters",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place IN ('queue', 'orders')", name=op.f("ck_saved_filters_place")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_saved_filters_organisation_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["auth.users.id"], name=op.f("fk_saved_filters_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint(
            "organisation_id",
            "owner_id",
            "place",
            "name",
            name=op.f("uq_saved_filters_organisation_id_owner_id_place_name"),
        ),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        "ix_saved_filters_shared",
        "saved_filters",
        ["organisation_id", "place"],
        schema="certificates",
        postgresql_where=sa.text("is_shared"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_saved_filters_shared", table_name="saved_filters", schema="certificates")
    op.drop_table("saved_filters", schema="certificates")
    op.drop_index("ix_certificates_first_issued", table_name="certificates", schema="certificates")
    op.drop_index("ix_line_transitions_ended", table_name="line_transitions", schema="certificates")
    op.drop_index("ix_order_lines_placed", table_name="order_lines", schema="certificates")
