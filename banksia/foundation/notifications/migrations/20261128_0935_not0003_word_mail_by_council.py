"""A council's own words for mail."""

import sqlalchemy as sa
from alembic import op

revision = "not0003"
down_revision = "not094500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of versions."""
    op.create_table(
        "wordings",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(subject IS NULL) = (text IS NULL)", name=op.f("ck_wordings_whole")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_wordings_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        sa.UniqueConstraint(
            "organisation_id", "template", "version", name=op.f("uq_wordings_organisation_id_template_version")
        ),
        schema="notifications",
        info={"append_only": True},
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("wordings", schema="notifications")
