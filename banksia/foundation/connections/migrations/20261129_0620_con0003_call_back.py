"""What remote modules call back with and for, and which deliveries are due."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "con0003"
down_revision = "con0002"
branch_labels = None
depends_on = None


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of one council's rows that belong to a connection."""
    op.create_table(
        name,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("connection_id", sa.Uuid(), nullable=False),
        *parts,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.connections.id"], name=op.f(f"fk_{name}_connection_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f(f"fk_{name}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        schema="connections",
    )


def _unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{name}_{'_'.join(columns)}"))


def upgrade() -> None:
    """Create the tables and the indexes."""
    _table(
        "access_tokens",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("lends_permissions", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["auth.users.id"], name=op.f("fk_access_tokens_user_id")),
        _unique("access_tokens", "organisation_id", "token_hash"),
    )
    _table(
        "raised_payments",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        _unique("raised_payments", "organisation_id", "connection_id", "idempotency_key"),
        _unique("raised_payments", "organisation_id", "kind", "subject_id"),
    )
    _table(
        "kept_objects",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_kept_objects_object_id")),
    )
    _table(
        "reminders",
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'told', 'cancelled')", name=op.f("ck_reminders_state")),
        _unique("reminders", "organisation_id", "connection_id", "idempotency_key"),
    )
    _create_indexes()


def _create_indexes() -> None:
    for name, table, columns in (
        (op.f("ix_access_tokens_organisation_id_expires_at"), "access_tokens", ["expires_at"]),
        ("ix_kept_objects_connection", "kept_objects", ["connection_id", "id"]),
        ("ix_reminders_state", "reminders", ["connection_id", "state", "due_at"]),
        ("ix_reminders_old", "reminders", ["due_at"]),
    ):
        op.create_index(name, table, ["organisation_id", *columns], schema="connections")
    op.create_index(
        "ix_raised_payments_subject",
        "raised_payments",
        ["organisation_id", "connection_id", "subject_id"],
        unique=True,
        schema="connections",
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["organisation_id", "connection_id", "next_attempt_at"],
        schema="connections",
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "ix_deliveries_dead",
        "deliveries",
        ["organisation_id", "id"],
        schema="connections",
        postgresql_where=sa.text("status = 'dead'"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_deliveries_dead", table_name="deliveries", schema="connections")
    op.drop_index("ix_deliveries_due", table_name="deliveries", schema="connections")
    for name in ("reminders", "kept_objects", "raised_payments", "access_tokens"):
        op.drop_table(name, schema="connections")
