"""Let councils write the templates of their certificates."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0006"
down_revision = "cer0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; drafts that exist keep the platform's own template, number 0."""
    op.add_column(
        "drafts",
        sa.Column("template_number", sa.Integer(), nullable=False, server_default="0"),
        schema="certificates",
    )
    op.alter_column("drafts", "template_number", server_default=None, schema="certificates")
    op.create_table(
        "template_versions",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_by_name", sa.Text(), nullable=False),
        *_identified(),
        *_keys("template_versions", "published_by_id"),
        sa.UniqueConstraint(
            "organisation_id",
            "product_id",
            "number",
            name=op.f("uq_template_versions_organisation_id_product_id_number"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_template_versions_number")),
        schema="certificates",
        info={"append_only": True},
    )
    op.create_table(
        "template_drafts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.Column("saved_by_name", sa.Text(), nullable=False),
        *_identified(),
        *_keys("template_drafts", "saved_by_id"),
        sa.UniqueConstraint(
            "organisation_id", "product_id", name=op.f("uq_template_drafts_organisation_id_product_id")
        ),
        schema="certificates",
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("template_drafts", schema="certificates")
    op.drop_table("template_versions", schema="certificates")
    op.drop_column("drafts", "template_number", schema="certificates")


def _identified() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _keys(table: str, person: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint([person], ["auth.users.id"], name=op.f(f"fk_{table}_{person}")),
        sa.ForeignKeyConstraint(["product_id"], ["certificates.products.id"], name=op.f(f"fk_{table}_product_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f(f"fk_{table}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
