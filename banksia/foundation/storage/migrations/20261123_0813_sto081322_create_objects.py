"""Create objects."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "sto081322"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create objects."""
    op.create_table(
        "objects",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64, collation="C"), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_objects_sha256_is_hexadecimal")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_objects_size_not_negative")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_objects_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objects")),
        sa.UniqueConstraint("organisation_id", "sha256", name=op.f("uq_objects_organisation_id_sha256")),
        schema="storage",
        info={"append_only": True},
    )
    op.create_table(
        "sweeps",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("objects_seen", sa.BigInteger(), nullable=False),
        sa.Column("bytes_without_row", sa.BigInteger(), nullable=False),
        sa.Column("rows_without_bytes", sa.BigInteger(), nullable=False),
        sa.Column("examples", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_sweeps_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweeps")),
        schema="storage",
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_sweeps_organisation_id_id"), "sweeps", ["organisation_id", "id"], unique=False, schema="storage"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_sweeps_organisation_id_id"), table_name="sweeps", schema="storage")
    op.drop_table("sweeps", schema="storage")
    op.drop_table("objects", schema="storage")
