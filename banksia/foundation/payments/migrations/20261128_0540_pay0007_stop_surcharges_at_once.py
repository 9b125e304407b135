"""Let a surcharge that was a mistake end at this moment, not at the end of the day."""

import sqlalchemy as sa
from alembic import op

revision = "pay0007"
down_revision = "pay0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note the moment."""
    op.add_column("surcharges", sa.Column("stopped_at", sa.DateTime(timezone=True)), schema="payments")


def downgrade() -> None:
    """It holds until its last day is over again."""
    op.drop_column("surcharges", "stopped_at", schema="payments")
