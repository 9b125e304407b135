"""Follow mail: what it is about, and whether it came back."""

import sqlalchemy as sa
from alembic import op

revision = "not0004"
down_revision = "not0003"
branch_labels = None
depends_on = None

NAME = "ck_messages_status_known"


def upgrade() -> None:
    """Add the columns; messages of before are about nothing that is known."""
    op.add_column("messages", sa.Column("bounced_at", sa.DateTime(timezone=True)), schema="notifications")
    op.add_column("messages", sa.Column("about_kind", sa.Text()), schema="notifications")
    op.add_column("messages", sa.Column("about_id", sa.Uuid()), schema="notifications")
    op.create_index(
        op.f("ix_messages_organisation_id_about_id_id"),
        "messages",
        ["organisation_id", "about_id", "id"],
        schema="notifications",
    )
    op.drop_constraint(op.f(NAME), "messages", schema="notifications")
    op.create_check_constraint(
        op.f(NAME),
        "messages",
        "status IN ('queued', 'sending', 'sent', 'refused', 'bounced')",
        schema="notifications",
    )


def downgrade() -> None:
    """Undo it; what came back counts as refused."""
    op.execute("UPDATE notifications.messages SET status = 'refused' WHERE status = 'bounced'")
    op.drop_constraint(op.f(NAME), "messages", schema="notifications")
    op.create_check_constraint(
        op.f(NAME), "messages", "status IN ('queued', 'sending', 'sent', 'refused')", schema="notifications"
    )
    op.drop_index(op.f("ix_messages_organisation_id_about_id_id"), table_name="messages", schema="notifications")
    for name in ("about_id", "about_kind", "bounced_at"):
        op.drop_column("messages", name, schema="notifications")
