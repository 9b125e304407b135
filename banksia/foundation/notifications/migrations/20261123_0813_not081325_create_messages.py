"""Create messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "not081325"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create messages."""
    op.create_table(
        "messages",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resend_of_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('queued', 'sending', 'sent', 'refused')", name=op.f("ck_messages_status_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_messages_organisation_id")
        ),
        sa.ForeignKeyConstraint(["resend_of_id"], ["notifications.messages.id"], name=op.f("fk_messages_resend_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("organisation_id", "dedupe_key", name=op.f("uq_messages_organisation_id_dedupe_key")),
        schema="notifications",
        info={"append_only": False},
    )
    op.create_index(
        op.f("ix_messages_organisation_id_id"),
        "messages",
        ["organisation_id", "id"],
        unique=False,
        schema="notifications",
    )
    op.create_index(
        op.f("ix_messages_organisation_id_resend_of_id"),
        "messages",
        ["organisation_id", "resend_of_id"],
        unique=False,
        schema="notifications",
    )
    op.create_index(
        op.f("ix_messages_organisation_id_to_address_id"),
        "messages",
        ["organisation_id", "to_address", "id"],
        unique=False,
        schema="notifications",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_messages_organisation_id_to_address_id"), table_name="messages", schema="notifications")
    op.drop_index(op.f("ix_messages_organisation_id_resend_of_id"), table_name="messages", schema="notifications")
    op.drop_index(op.f("ix_messages_organisation_id_id"), table_name="messages", schema="notifications")
    op.drop_table("messages", schema="notifications")
