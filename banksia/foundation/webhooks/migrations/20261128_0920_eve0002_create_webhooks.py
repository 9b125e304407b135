"""Webhooks of customers, and what was sent to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "eve0002"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "endpoints",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("sealed_old_secret", sa.Text(), nullable=True),
        sa.Column("old_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_endpoints_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["auth.users.id"], name=op.f("fk_endpoints_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endpoints")),
        schema="webhooks",
    )
    op.create_index("ix_endpoints_user", "endpoints", ["organisation_id", "user_id", "id"], schema="webhooks")
    op.create_table(
        "deliveries",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response_status", sa.Integer(), nullable=True),
        sa.Column("response_text", sa.Text(), nullable=False),
        sa.Column("response_milliseconds", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'delivered', 'failed')", name=op.f("ck_deliveries_status")),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhooks.endpoints.id"], name=op.f("fk_deliveries_endpoint_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_deliveries_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "organisation_id",
            "endpoint_id",
            "dedupe_key",
            name=op.f("uq_deliveries_organisation_id_endpoint_id_dedupe_key"),
        ),
        schema="webhooks",
    )
    op.create_index(
        op.f("ix_deliveries_organisation_id_created_at"),
        "deliveries",
        ["organisation_id", "created_at"],
        schema="webhooks",
    )
    op.create_index(
        op.f("ix_deliveries_organisation_id_endpoint_id_id"),
        "deliveries",
        ["organisation_id", "endpoint_id", "id"],
        schema="webhooks",
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("deliveries", schema="webhooks")
    op.drop_table("endpoints", schema="webhooks")
