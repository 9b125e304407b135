"""create trees."""

import sqlalchemy as sa
from alembic import op

revision = "tre090001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create trees."""
    op.create_table(
        "trees",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("species", sa.Text(), nullable=False),
        sa.Column("common_name", sa.Text(), nullable=False),
        sa.Column("height_m", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("girth_m", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("protection", sa.Text(), nullable=False),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("valid_to_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("height_m > 0", name=op.f("ck_trees_height_positive")),
        sa.CheckConstraint("girth_m > 0", name=op.f("ck_trees_girth_positive")),
        sa.CheckConstraint(
            "protection IN ('none', 'council', 'heritage', 'threatened')", name=op.f("ck_trees_protection_known")
        ),
        sa.CheckConstraint("(longitude IS NULL) = (latitude IS NULL)", name=op.f("ck_trees_position_whole")),
        sa.CheckConstraint(
            "valid_to_on IS NULL OR valid_to_on >= valid_from_on", name=op.f("ck_trees_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_trees_organisation_id")
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.properties.id"], name=op.f("fk_trees_property_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trees")),
        schema="trees",
    )
    op.create_index(op.f("ix_trees_organisation_id_id"), "trees", ["organisation_id", "id"], schema="trees")
    op.create_index(
        op.f("ix_trees_organisation_id_protection_id"),
        "trees",
        ["organisation_id", "protection", "id"],
        schema="trees",
    )
    op.create_index(
        op.f("ix_trees_organisation_id_property_id_id"),
        "trees",
        ["organisation_id", "property_id", "id"],
        schema="trees",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("trees", schema="trees")
