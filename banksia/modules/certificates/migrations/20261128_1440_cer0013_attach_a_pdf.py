"""Let a draft name the PDF whose pages follow its certificate."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0013"
down_revision = "cer0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no draft has one yet."""
    op.add_column(
        "drafts", sa.Column("attached", postgresql.JSONB(astext_type=sa.Text()), nullable=True), schema="certificates"
    )


def downgrade() -> None:
    """Forget what is attached; the files stay stored."""
    op.drop_column("drafts", "attached", schema="certificates")
