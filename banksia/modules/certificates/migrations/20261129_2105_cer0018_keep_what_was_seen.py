"""Keep what council knew when a certificate was drafted or chosen, and the answers of one that is being replaced."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0018"
down_revision = "cer0017"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
ADDED = (("drafts", "known", JSON), ("drafts", "as_issued", JSON), ("issue_batch_lines", "known_sha256", sa.Text()))


def upgrade() -> None:
    """Add the columns; nothing has them yet."""
    for table, name, kind in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=True), schema="certificates")


def downgrade() -> None:
    """Forget them."""
    for table, name, _ in reversed(ADDED):
        op.drop_column(table, name, schema="certificates")
