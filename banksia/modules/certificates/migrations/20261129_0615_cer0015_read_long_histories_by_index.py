"""Read a long history, the open work by its state, and the words of a line from an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "cer0015"
down_revision = "cer0014"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('queued', 'assigned', 'drafted', 'to_check', 'checked', 'on_hold')")
GUESTS, GUESTS_BEFORE = (
    "ix_orders_organisation_id_contact_email_created_at_id",
    "ix_orders_organisation_id_contact_email",
)
WORDS, WORDS_BEFORE = "ix_line_terms_organisation_id_line_id_term", "ix_line_terms_organisation_id_line_id"


def upgrade() -> None:
    """Add them; the indexes of guests' orders and of words grow by their order."""
    op.create_index(
        "ix_order_lines_open_state",
        "order_lines",
        ["organisation_id", "state", "id"],
        schema="certificates",
        postgresql_where=OPEN,
    )
    op.create_index(
        op.f(GUESTS),
        "orders",
        ["organisation_id", "contact_email", "created_at", "id"],
        schema="certificates",
    )
    op.drop_index(op.f(GUESTS_BEFORE), table_name="orders", schema="certificates")
    op.create_index(op.f(WORDS), "line_terms", ["organisation_id", "line_id", "term"], schema="certificates")
    op.drop_index(op.f(WORDS_BEFORE), table_name="line_terms", schema="certificates")


def downgrade() -> None:
    """Undo it."""
    op.create_index(op.f(WORDS_BEFORE), "line_terms", ["organisation_id", "line_id"], schema="certificates")
    op.drop_index(op.f(WORDS), table_name="line_terms", schema="certificates")
    op.create_index(op.f(GUESTS_BEFORE), "orders", ["organisation_id", "contact_email"], schema="certificates")
    op.drop_index(op.f(GUESTS), table_name="orders", schema="certificates")
    op.drop_index("ix_order_lines_open_state", table_name="order_lines", schema="certificates", postgresql_where=OPEN)
