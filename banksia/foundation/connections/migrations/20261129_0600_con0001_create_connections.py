"""Modules that run elsewhere, and the events to and from them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "con0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "connections",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("manifest", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("manifest_sha256", sa.Text(), nullable=True),
        sa.Column("offered", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("offered_sha256", sa.Text(), nullable=True),
        sa.Column("page_mode", sa.Text(), nullable=False),
        sa.Column("page_hash", sa.Text(), nullable=True),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("health_detail", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("client_secret_hash", sa.Text(), nullable=True),
        sa.Column("sealed_webhook_secret", sa.Text(), nullable=True),
        sa.Column("sealed_old_webhook_secret", sa.Text(), nullable=True),
        sa.Column("old_webhook_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('registered', 'verified', 'enabled', 'disabled', 'removed')", name=op.f("ck_connections_state")
        ),
        sa.CheckConstraint("page_mode IN ('frame', 'origin')", name=op.f("ck_connections_page_mode")),
        sa.CheckConstraint("health IN ('ok', 'failing', 'unknown')", name=op.f("ck_connections_health")),
        sa.CheckConstraint(
            "state IN ('registered', 'removed') OR manifest IS NOT NULL", name=op.f("ck_connections_approved")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_connections_organisation_id")
        ),
        sa.ForeignKeyConstraint(["registered_by"], ["auth.users.id"], name=op.f("fk_connections_registered_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["auth.users.id"], name=op.f("fk_connections_approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connections")),
        sa.UniqueConstraint("organisation_id", "client_id", name=op.f("uq_connections_organisation_id_client_id")),
        schema="connections",
    )
    op.create_index(
        "uq_connections_name",
        "connections",
        ["organisation_id", "name"],
        unique=True,
        schema="connections",
        postgresql_where=sa.text("state <> 'removed'"),
    )
    _create_deliveries()
    _create_received_events()


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("connection_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
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
        sa.CheckConstraint("status IN ('pending', 'delivered', 'dead')", name=op.f("ck_deliveries_status")),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.connections.id"], name=op.f("fk_deliveries_connection_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_deliveries_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "organisation_id",
            "connection_id",
            "event_id",
            name=op.f("uq_deliveries_organisation_id_connection_id_event_id"),
        ),
        schema="connections",
    )
    op.create_index(
        op.f("ix_deliveries_organisation_id_connection_id_id"),
        "deliveries",
        ["organisation_id", "connection_id", "id"],
        schema="connections",
    )
    op.create_index(
        op.f("ix_deliveries_organisation_id_created_at"),
        "deliveries",
        ["organisation_id", "created_at"],
        schema="connections",
    )


def _create_received_events() -> None:
    op.create_table(
        "received_events",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("connection_id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.connections.id"], name=op.f("fk_received_events_connection_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_received_events_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_events")),
        sa.UniqueConstraint(
            "organisation_id",
            "connection_id",
            "idempotency_key",
            name=op.f("uq_received_events_organisation_id_connection_id_idempotency_key"),
        ),
        schema="connections",
    )
    op.create_index(
        op.f("ix_received_events_organisation_id_created_at"),
        "received_events",
        ["organisation_id", "created_at"],
        schema="connections",
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("received_events", "deliveries", "connections"):
        op.drop_table(table, schema="connections")
