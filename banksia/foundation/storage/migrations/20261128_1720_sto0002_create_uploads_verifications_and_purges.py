"""Uploads that can be resumed, when objects were last read again, and which were given up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "sto0002"
down_revision = "sto081322"
branch_labels = None
depends_on = None


def _table(name: str, *columns: sa.Column[object] | sa.Constraint, append_only: bool = False) -> None:
    op.create_table(
        name,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f(f"fk_{name}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        schema="storage",
        info={"append_only": append_only},
    )


def upgrade() -> None:
    """Create uploads, verifications and purges."""
    _table(
        "uploads",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("about", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_uploads_sha256_is_hexadecimal")),
        sa.CheckConstraint("received BETWEEN 0 AND size", name=op.f("ck_uploads_received_within_size")),
        sa.CheckConstraint("(finished_at IS NULL) = (result_id IS NULL)", name=op.f("ck_uploads_finished_with_result")),
    )
    op.create_index(
        op.f("ix_uploads_organisation_id_expires_at"), "uploads", ["organisation_id", "expires_at"], schema="storage"
    )
    op.create_index(
        "ix_uploads_whole",
        "uploads",
        ["organisation_id", "purpose", "id"],
        schema="storage",
        postgresql_where=sa.text("finished_at IS NULL AND received = size"),
    )
    _table(
        "verifications",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict IN ('whole', 'damaged', 'missing')", name=op.f("ck_verifications_verdict_known")),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_verifications_object_id")),
        sa.UniqueConstraint("organisation_id", "object_id", name=op.f("uq_verifications_organisation_id_object_id")),
    )
    op.create_index(
        op.f("ix_verifications_organisation_id_verified_at"),
        "verifications",
        ["organisation_id", "verified_at"],
        schema="storage",
    )
    op.create_index(
        "ix_verifications_failed",
        "verifications",
        ["organisation_id", "id"],
        schema="storage",
        postgresql_where=sa.text("verdict <> 'whole'"),
    )
    _table(
        "purges",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.CheckConstraint("step IN ('purged', 'returned')", name=op.f("ck_purges_step_known")),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_purges_object_id")),
        append_only=True,
    )
    op.create_index(
        op.f("ix_purges_organisation_id_object_id"), "purges", ["organisation_id", "object_id"], schema="storage"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("purges", schema="storage")
    op.drop_table("verifications", schema="storage")
    op.drop_table("uploads", schema="storage")
