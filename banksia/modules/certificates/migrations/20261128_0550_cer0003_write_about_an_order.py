"""Messages about an order, with their files."""

import sqlalchemy as sa
from alembic import op

revision = "cer0003"
down_revision = "cer0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.add_column("orders", sa.Column("customer_wrote_at", sa.DateTime(timezone=True)), schema="certificates")
    op.create_table(
        "messages",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("from_council", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["auth.users.id"], name=op.f("fk_messages_author_id")),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_messages_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_messages_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        schema="certificates",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_messages_organisation_id_order_id_id"),
        "messages",
        ["organisation_id", "order_id", "id"],
        schema="certificates",
    )
    op.create_table(
        "message_files",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["certificates.messages.id"], name=op.f("fk_message_files_message_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_message_files_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_files")),
        sa.UniqueConstraint(
            "organisation_id",
            "message_id",
            "position",
            name=op.f("uq_message_files_organisation_id_message_id_position"),
        ),
        schema="certificates",
        info={"append_only": True},
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("message_files", schema="certificates")
    op.drop_index(op.f("ix_messages_organisation_id_order_id_id"), table_name="messages", schema="certificates")
    op.drop_table("messages", schema="certificates")
    op.drop_column("orders", "customer_wrote_at", schema="certificates")
