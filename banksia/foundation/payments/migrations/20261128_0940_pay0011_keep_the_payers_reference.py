"""Keep the payer's own reference, for the receipt."""

import sqlalchemy as sa
from alembic import op

revision = "pay0011"
down_revision = "pay0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("payables", sa.Column("payer_reference", sa.Text(), nullable=True), schema="payments")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("payables", "payer_reference", schema="payments")
