"""API tokens, of which only the hash is kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "aut0003"
down_revision = "aut0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "api_tokens",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_api_tokens_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["auth.users.id"], name=op.f("fk_api_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("organisation_id", "token_hash", name=op.f("uq_api_tokens_organisation_id_token_hash")),
        schema="auth",
    )
    op.create_index("ix_api_tokens_user", "api_tokens", ["organisation_id", "user_id", "id"], schema="auth")


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_api_tokens_user", table_name="api_tokens", schema="auth")
    op.drop_table("api_tokens", schema="auth")
