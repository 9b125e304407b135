"""Leave the key to the organisation out of tables that grow by millions at once: row-level security guards it."""

from alembic import op

revision = "pro091348"
down_revision = "pro070026"
branch_labels = None
depends_on = None

TABLES = ("streets", "addresses", "parcels", "assessments", "properties")


def upgrade() -> None:
    """Take the keys away."""
    for table in TABLES:
        op.drop_constraint(f"fk_{table}_organisation_id", table, schema="property", type_="foreignkey")


def downgrade() -> None:
    """Undo it."""
    for table in TABLES:
        op.create_foreign_key(
            f"fk_{table}_organisation_id",
            table,
            "organisations",
            ["organisation_id"],
            ["id"],
            source_schema="property",
            referent_schema="organisations",
        )
