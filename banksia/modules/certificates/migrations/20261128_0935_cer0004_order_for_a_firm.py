"""Let an order be a firm's, say who placed it, and find lines by the numbers of their certificates."""

import sqlalchemy as sa
from alembic import op

revision = "cer0004"
down_revision = "cer0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, name who placed what is there, and add the words of the certificates that were issued."""
    op.add_column("orders", sa.Column("firm_id", sa.Uuid(), nullable=True), schema="certificates")
    op.add_column("orders", sa.Column("firm_name", sa.Text(), nullable=True), schema="certificates")
    op.add_column("orders", sa.Column("placed_by_name", sa.Text(), nullable=True), schema="certificates")
    op.create_foreign_key(
        op.f("fk_orders_firm_id"),
        "orders",
        "firms",
        ["firm_id"],
        ["id"],
        source_schema="certificates",
        referent_schema="auth",
    )
    op.create_index(
        "ix_orders_firm",
        "orders",
        ["organisation_id", "firm_id", "created_at", "id"],
        schema="certificates",
        postgresql_where=sa.text("firm_id IS NOT NULL"),
    )
    op.execute(
        "UPDATE certificates.orders SET placed_by_name = users.name FROM auth.users"
        " WHERE users.id = orders.customer_id AND orders.channel = 'online'"
    )
    op.execute(
        """
        INSERT INTO certificates.line_terms (id, created_at, organisation_id, line_id, term)
        SELECT gen_random_uuid(), now(), issued.organisation_id, issued.line_id, words.term
        FROM certificates.certificates AS issued
        CROSS JOIN LATERAL (
            SELECT left(lower(issued.number), 40) AS term
            UNION
            SELECT left(part, 40) FROM regexp_split_to_table(lower(issued.number), '[/.''-]') AS part WHERE part <> ''
        ) AS words
        ON CONFLICT DO NOTHING
        """
    )


def downgrade() -> None:
    """Drop the columns; the words stay, as they are right."""
    op.drop_index("ix_orders_firm", table_name="orders", schema="certificates")
    op.drop_constraint(op.f("fk_orders_firm_id"), "orders", schema="certificates")
    for column in ("placed_by_name", "firm_name", "firm_id"):
        op.drop_column("orders", column, schema="certificates")
