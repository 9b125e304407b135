"""Keep councils' signing certificates, and which of them signed each certificate."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0012"
down_revision = "cer0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; certificates that exist stay unsigned."""
    op.create_table(
        "signing_keys",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=True),
        sa.Column("chain", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("key_kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_own_make", sa.Boolean(), nullable=False),
        sa.Column("set_by_name", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sealed_key IS NOT NULL OR replaced_at IS NOT NULL", name=op.f("ck_signing_keys_has_key")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_signing_keys_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
        schema="certificates",
        info={"append_only": False},
    )
    op.create_index(
        "uq_signing_keys_in_use",
        "signing_keys",
        ["organisation_id"],
        unique=True,
        schema="certificates",
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index(
        op.f("ix_signing_keys_organisation_id_id"), "signing_keys", ["organisation_id", "id"], schema="certificates"
    )
    for table in ("issuances", "certificates"):
        op.add_column(table, sa.Column("signing_key_id", sa.Uuid(), nullable=True), schema="certificates")
        op.create_foreign_key(
            op.f(f"fk_{table}_signing_key_id"),
            table,
            "signing_keys",
            ["signing_key_id"],
            ["id"],
            source_schema="certificates",
            referent_schema="certificates",
        )
    op.add_column("issuances", sa.Column("object_id", sa.Uuid(), nullable=True), schema="certificates")


def downgrade() -> None:
    """Forget who signed."""
    op.drop_column("issuances", "object_id", schema="certificates")
    for table in ("certificates", "issuances"):
        op.drop_column(table, "signing_key_id", schema="certificates")
    op.drop_table("signing_keys", schema="certificates")
