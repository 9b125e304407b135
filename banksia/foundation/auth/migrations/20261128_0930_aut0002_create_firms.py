"""Create firms, their members and their invitations."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "aut0002"
down_revision = "aut090547"
branch_labels = None
depends_on = None

ROLE = "role IN ('owner', 'manager', 'member')"
WAITING = sa.text("accepted_at IS NULL AND withdrawn_at IS NULL")


def _own(*columns: sa.Column[Any], table: str) -> list[Any]:
    """The columns that every organisation's rows share, and the table's own."""
    return [
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f(f"fk_{table}_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "firms",
        *_own(
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("abn", sa.Text(), nullable=False),
            sa.Column("billing_email", sa.Text(), nullable=True),
            table="firms",
        ),
        schema="auth",
    )
    op.create_table(
        "firm_memberships",
        *_own(
            sa.Column("firm_id", sa.Uuid(), nullable=False),
            sa.Column("user_id", sa.Uuid(), nullable=False),
            sa.Column("role", sa.Text(), nullable=False),
            sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
            table="firm_memberships",
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["auth.firms.id"], name=op.f("fk_firm_memberships_firm_id")),
        sa.ForeignKeyConstraint(["user_id"], ["auth.users.id"], name=op.f("fk_firm_memberships_user_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "firm_id",
            "user_id",
            name=op.f("uq_firm_memberships_organisation_id_firm_id_user_id"),
        ),
        sa.CheckConstraint(ROLE, name=op.f("ck_firm_memberships_role")),
        schema="auth",
    )
    op.create_index("ix_firm_memberships_user", "firm_memberships", ["organisation_id", "user_id"], schema="auth")
    op.create_table(
        "firm_invitations",
        *_own(
            sa.Column("firm_id", sa.Uuid(), nullable=False),
            sa.Column("email", sa.Text(collation="C"), nullable=False),
            sa.Column("role", sa.Text(), nullable=False),
            sa.Column("token_hash", sa.Text(), nullable=False),
            sa.Column("invited_by_id", sa.Uuid(), nullable=False),
            sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
            table="firm_invitations",
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["auth.firms.id"], name=op.f("fk_firm_invitations_firm_id")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["auth.users.id"], name=op.f("fk_firm_invitations_invited_by_id")),
        sa.UniqueConstraint(
            "organisation_id", "token_hash", name=op.f("uq_firm_invitations_organisation_id_token_hash")
        ),
        sa.CheckConstraint(ROLE, name=op.f("ck_firm_invitations_role")),
        schema="auth",
    )
    op.create_index(
        "uq_firm_invitations_waiting",
        "firm_invitations",
        ["organisation_id", "firm_id", "email"],
        unique=True,
        schema="auth",
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_firm_invitations_email",
        "firm_invitations",
        ["organisation_id", "email"],
        schema="auth",
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_firm_invitations_email", table_name="firm_invitations", schema="auth")
    op.drop_index("uq_firm_invitations_waiting", table_name="firm_invitations", schema="auth")
    op.drop_table("firm_invitations", schema="auth")
    op.drop_index("ix_firm_memberships_user", table_name="firm_memberships", schema="auth")
    op.drop_table("firm_memberships", schema="auth")
    op.drop_table("firms", schema="auth")
