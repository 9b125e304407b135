"""Follow certificates to the customer: by file, by mail that may come back, and over the counter."""

import sqlalchemy as sa
from alembic import op

revision = "cer0010"
down_revision = "cer0011"
branch_labels = None
depends_on = None

SCHEMA = "certificates"
KINDS = "kind IN ('mail_bounced', 'address_changed', 'sent_again', 'told_by_phone', 'handed_over')"


def upgrade() -> None:
    """Add columns, the steps of delivery and their indexes."""
    moment = sa.DateTime(timezone=True)
    op.add_column("certificates", sa.Column("supersedes_because", sa.Text()), schema=SCHEMA)
    op.create_index(
        op.f("ix_certificates_organisation_id_sha256"), "certificates", ["organisation_id", "sha256"], schema=SCHEMA
    )
    op.add_column("orders", sa.Column("mail_bounced_at", moment), schema=SCHEMA)
    op.create_index(
        "ix_orders_mail_bounced",
        "orders",
        ["organisation_id", "created_at", "id"],
        schema=SCHEMA,
        postgresql_where="mail_bounced_at IS NOT NULL",
    )
    op.add_column("order_lines", sa.Column("replaced_because", sa.Text()), schema=SCHEMA)
    op.add_column(
        "order_lines",
        sa.Column("collects", sa.Boolean(), nullable=False, server_default=sa.false()),
        schema=SCHEMA,
    )
    op.alter_column("order_lines", "collects", server_default=None, schema=SCHEMA)
    op.add_column("order_lines", sa.Column("collected_at", moment), schema=SCHEMA)
    op.create_index(
        "ix_order_lines_to_hand_over",
        "order_lines",
        ["organisation_id", "issued_at", "id"],
        schema=SCHEMA,
        postgresql_where="state = 'issued' AND collects AND collected_at IS NULL",
    )
    for name, kind in (("mail_id", sa.Uuid()), ("opened_at", moment), ("ended_at", moment)):
        op.add_column("order_tokens", sa.Column(name, kind), schema=SCHEMA)
    op.create_index(
        op.f("ix_order_tokens_organisation_id_order_id"), "order_tokens", ["organisation_id", "order_id"], schema=SCHEMA
    )
    _create_steps()
    _collect_without_address()


def _collect_without_address() -> None:
    """Orders without an address were collected all along; what was issued by now was handed over then."""
    op.execute(
        """
        UPDATE certificates.order_lines SET collects = true, collected_at = order_lines.issued_at
        FROM certificates.orders WHERE orders.id = order_lines.order_id AND orders.contact_email IS NULL
        """
    )


def _create_steps() -> None:
    op.create_table(
        "delivery_steps",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("from_address", sa.Text(), nullable=True),
        sa.Column("to_address", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_delivery_steps_kind")),
        sa.ForeignKeyConstraint(["actor_id"], ["auth.users.id"], name=op.f("fk_delivery_steps_actor_id")),
        sa.ForeignKeyConstraint(["order_id"], ["certificates.orders.id"], name=op.f("fk_delivery_steps_order_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_delivery_steps_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_steps")),
        schema=SCHEMA,
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_delivery_steps_organisation_id_order_id_id"),
        "delivery_steps",
        ["organisation_id", "order_id", "id"],
        schema=SCHEMA,
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("delivery_steps", schema=SCHEMA)
    op.drop_index(op.f("ix_order_tokens_organisation_id_order_id"), table_name="order_tokens", schema=SCHEMA)
    for name in ("ended_at", "opened_at", "mail_id"):
        op.drop_column("order_tokens", name, schema=SCHEMA)
    op.drop_index("ix_order_lines_to_hand_over", table_name="order_lines", schema=SCHEMA)
    for name in ("collected_at", "collects", "replaced_because"):
        op.drop_column("order_lines", name, schema=SCHEMA)
    op.drop_index("ix_orders_mail_bounced", table_name="orders", schema=SCHEMA)
    op.drop_column("orders", "mail_bounced_at", schema=SCHEMA)
    op.drop_index(op.f("ix_certificates_organisation_id_sha256"), table_name="certificates", schema=SCHEMA)
    op.drop_column("certificates", "supersedes_because", schema=SCHEMA)
