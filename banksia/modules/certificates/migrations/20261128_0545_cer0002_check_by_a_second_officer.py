"""Let a second officer check a certificate before it is issued."""

import sqlalchemy as sa
from alembic import op

revision = "cer0002"
down_revision = "cer092539"
branch_labels = None
depends_on = None

FINISHED = "'on_hold', 'issued', 'cannot_issue', 'cancelled'"
STATES = f"state IN ('awaiting_payment', 'queued', 'assigned', 'drafted', 'to_check', 'checked', {FINISHED})"
STATES_BEFORE = f"state IN ('awaiting_payment', 'queued', 'assigned', 'drafted', {FINISHED})"
OPEN = "state IN ('queued', 'assigned', 'drafted', 'to_check', 'checked', 'on_hold')"
OPEN_BEFORE = "state IN ('queued', 'assigned', 'drafted', 'on_hold')"


def upgrade() -> None:
    """Add the two states, who checked what, and the product's wish for it."""
    op.add_column(
        "products",
        sa.Column("needs_check", sa.Boolean(), nullable=False, server_default=sa.false()),
        schema="certificates",
    )
    op.alter_column("products", "needs_check", server_default=None, schema="certificates")
    op.add_column("order_lines", sa.Column("checked_by_id", sa.Uuid(), nullable=True), schema="certificates")
    op.add_column("order_lines", sa.Column("checked_by_name", sa.Text(), nullable=True), schema="certificates")
    op.add_column("order_lines", sa.Column("checked_sha256", sa.Text(), nullable=True), schema="certificates")
    op.create_foreign_key(
        op.f("fk_order_lines_checked_by_id"),
        "order_lines",
        "users",
        ["checked_by_id"],
        ["id"],
        source_schema="certificates",
        referent_schema="auth",
    )
    _draw(STATES, OPEN)


def downgrade() -> None:
    """Send what is being checked back to its officer, and forget the rest."""
    op.execute("UPDATE certificates.order_lines SET state = 'drafted' WHERE state IN ('to_check', 'checked')")
    op.execute(
        "UPDATE certificates.order_lines SET held_from_state = 'drafted'"
        " WHERE held_from_state IN ('to_check', 'checked')"
    )
    _draw(STATES_BEFORE, OPEN_BEFORE)
    op.drop_constraint(op.f("fk_order_lines_checked_by_id"), "order_lines", schema="certificates")
    for column in ("checked_sha256", "checked_by_name", "checked_by_id"):
        op.drop_column("order_lines", column, schema="certificates")
    op.drop_column("products", "needs_check", schema="certificates")


def _draw(states: str, open_states: str) -> None:
    """The constraint on states and the indexes of what is open, with these states."""
    op.drop_constraint(op.f("ck_order_lines_state"), "order_lines", schema="certificates")
    op.create_check_constraint(op.f("ck_order_lines_state"), "order_lines", states, schema="certificates")
    for name, columns in (
        ("ix_order_lines_open_due", ["organisation_id", "due_on", "id"]),
        ("ix_order_lines_open_mine", ["organisation_id", "assigned_to_id", "due_on", "id"]),
    ):
        op.drop_index(name, table_name="order_lines", schema="certificates")
        op.create_index(name, "order_lines", columns, schema="certificates", postgresql_where=sa.text(open_states))
