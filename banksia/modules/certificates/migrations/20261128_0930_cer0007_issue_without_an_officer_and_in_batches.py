"""Issue without an officer by rules, and several certificates together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cer0007"
down_revision = "cer0008"
branch_labels = None
depends_on = None

ORGANISATION = "organisations.organisations.id"


def upgrade() -> None:
    """Create the tables of rules, decisions and batches; what was issued so far was issued by officers."""
    op.add_column(
        "issuances",
        sa.Column("without_officer", sa.Boolean(), nullable=False, server_default=sa.false()),
        schema="certificates",
    )
    op.alter_column("issuances", "without_officer", server_default=None, schema="certificates")
    _create_rules()
    _create_decisions()
    _create_batches()
    _create_batch_lines()


def downgrade() -> None:
    """Drop them."""
    for table in ("issue_batch_lines", "issue_batches", "straight_through_decisions", "straight_through_rules"):
        op.drop_table(table, schema="certificates")
    op.drop_column("issuances", "without_officer", schema="certificates")


def _of_organisation(table: str, *columns: sa.Column[object]) -> list[sa.schema.SchemaItem]:
    """The columns that every council's row has, around its own."""
    return [
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], [ORGANISATION], name=op.f(f"fk_{table}_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _create_rules() -> None:
    op.create_table(
        "straight_through_rules",
        *_of_organisation(
            "straight_through_rules",
            sa.Column("rules", postgresql.JSONB(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("changed_by_name", sa.Text(), nullable=False),
        ),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_straight_through_rules_organisation_id")),
        schema="certificates",
    )


def _create_decisions() -> None:
    table = "straight_through_decisions"
    op.create_table(
        table,
        *_of_organisation(
            table,
            sa.Column("line_id", sa.Uuid(), nullable=False),
            sa.Column("issued", sa.Boolean(), nullable=False),
            sa.Column("reason", sa.Text(), nullable=True),
            sa.Column("reasons", postgresql.JSONB(), nullable=False),
            sa.Column("known_on", sa.Date(), nullable=False),
            sa.Column("oldest_on", sa.Date(), nullable=True),
            sa.Column("oldest_title", sa.Text(), nullable=True),
        ),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f(f"fk_{table}_line_id")),
        sa.UniqueConstraint("organisation_id", "line_id", name=op.f(f"uq_{table}_organisation_id_line_id")),
        sa.CheckConstraint("issued = (reason IS NULL)", name=op.f(f"ck_{table}_reason")),
        schema="certificates",
        info={"append_only": True},
    )
    op.create_index(
        op.f(f"ix_{table}_organisation_id_created_at_id"),
        table,
        ["organisation_id", "created_at", "id"],
        schema="certificates",
    )


def _create_batches() -> None:
    table = "issue_batches"
    op.create_table(
        table,
        *_of_organisation(
            table,
            sa.Column("key", sa.Uuid(), nullable=False),
            sa.Column("asked_by_id", sa.Uuid(), nullable=False),
            sa.Column("asked_by_name", sa.Text(), nullable=False),
            sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["auth.users.id"], name=op.f(f"fk_{table}_asked_by_id")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f(f"uq_{table}_organisation_id_key")),
        schema="certificates",
    )


def _create_batch_lines() -> None:
    table = "issue_batch_lines"
    op.create_table(
        table,
        *_of_organisation(
            table,
            sa.Column("batch_id", sa.Uuid(), nullable=False),
            sa.Column("line_id", sa.Uuid(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("template_number", sa.Integer(), nullable=False),
            sa.Column("state", sa.Text(), nullable=False),
            sa.Column("issuance_id", sa.Uuid(), nullable=True),
            sa.Column("reason", sa.Text(), nullable=True),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["certificates.issue_batches.id"], name=op.f(f"fk_{table}_batch_id")),
        sa.ForeignKeyConstraint(["line_id"], ["certificates.order_lines.id"], name=op.f(f"fk_{table}_line_id")),
        sa.ForeignKeyConstraint(["issuance_id"], ["certificates.issuances.id"], name=op.f(f"fk_{table}_issuance_id")),
        sa.UniqueConstraint(
            "organisation_id", "batch_id", "line_id", name=op.f(f"uq_{table}_organisation_id_batch_id_line_id")
        ),
        sa.CheckConstraint("state IN ('waiting', 'issued', 'refused')", name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f(f"ck_{table}_reason")),
        schema="certificates",
    )
    op.create_index(
        op.f(f"ix_{table}_organisation_id_batch_id_position"),
        table,
        ["organisation_id", "batch_id", "position"],
        schema="certificates",
    )
