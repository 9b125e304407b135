"""Keep where staff find what is sold, so that no page has to know it of each module."""

import sqlalchemy as sa
from alembic import op

revision = "pay0012"
down_revision = "pay0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; until now only orders of certificates had a page that was known."""
    op.add_column("payables", sa.Column("staff_path", sa.Text(), nullable=True), schema="payments")
    op.execute(
        "UPDATE payments.payables SET staff_path = '/certificates/staff/orders/' || subject_id"
        " WHERE kind = 'certificates.order'"
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_column("payables", "staff_path", schema="payments")
