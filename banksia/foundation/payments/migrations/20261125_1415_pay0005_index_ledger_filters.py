"""Find entries of the ledger by kind, by method and by reference, newest first, however many there are."""

from alembic import op

revision = "pay0005"
down_revision = "pay0004"
branch_labels = None
depends_on = None

COLUMNS = ("kind", "method", "reference")


def upgrade() -> None:
    """Create one index for each filter of the ledger's page."""
    for column in COLUMNS:
        op.create_index(
            f"ix_ledger_entries_{column}",
            "ledger_entries",
            ["organisation_id", column, "happened_at", "id"],
            schema="payments",
        )


def downgrade() -> None:
    """Drop them."""
    for column in COLUMNS:
        op.drop_index(f"ix_ledger_entries_{column}", table_name="ledger_entries", schema="payments")
