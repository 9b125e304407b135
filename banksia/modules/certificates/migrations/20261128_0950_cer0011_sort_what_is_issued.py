"""Sort the lines that are issued by an index, however many there are."""

from alembic import op

revision = "cer0011"
down_revision = "cer0007"
branch_labels = None
depends_on = None

COLUMNS = {"address": "address", "product": "product_code", "number": "order_number"}


def upgrade() -> None:
    """Create the indexes."""
    for name, column in COLUMNS.items():
        op.create_index(
            f"ix_order_lines_issued_{name}",
            "order_lines",
            ["organisation_id", column, "id"],
            schema="certificates",
            postgresql_where="state = 'issued'",
        )


def downgrade() -> None:
    """Drop them."""
    for name in COLUMNS:
        op.drop_index(f"ix_order_lines_issued_{name}", table_name="order_lines", schema="certificates")
