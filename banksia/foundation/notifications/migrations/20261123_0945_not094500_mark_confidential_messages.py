"""Mark confidential messages."""

import sqlalchemy as sa
from alembic import op

revision = "not094500"
down_revision = "not081325"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; messages of before carry none."""
    op.add_column(
        "messages",
        sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
        schema="notifications",
    )
    op.alter_column("messages", "confidential", server_default=None, schema="notifications")


def downgrade() -> None:
    """Undo it."""
    op.drop_column("messages", "confidential", schema="notifications")
