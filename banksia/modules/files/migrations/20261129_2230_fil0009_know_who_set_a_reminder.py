"""Know who set a reminder, so that only they, the person it is for and administrators take it back."""

import sqlalchemy as sa
from alembic import op

revision = "fil0009"
down_revision = "fil0008"
branch_labels = None
depends_on = None

# The log has it of those that were set before: the line with the same day and person, written in the same breath.
WHO = """
UPDATE files.reminders r
   SET created_by_id = (
       SELECT a.actor_id FROM files.activities a
        WHERE a.organisation_id = r.organisation_id AND a.property_id = r.property_id AND a.action = 'reminder_set'
          AND a.document_id IS NOT DISTINCT FROM r.document_id AND a.folder_id IS NOT DISTINCT FROM r.folder_id
          AND a.actor_name = r.created_by_name AND a.detail ->> 'person' = r.person_name
          AND a.detail ->> 'on' = CAST(r.remind_on AS text)
          AND a.created_at BETWEEN r.created_at AND r.created_at + interval '1 minute'
        ORDER BY a.id LIMIT 1)
 WHERE sent_at IS NULL AND cancelled_at IS NULL
"""


def upgrade() -> None:
    """Add the column, and fill it of those that are still to be sent."""
    op.add_column("reminders", sa.Column("created_by_id", sa.Uuid(), nullable=True), schema="files")
    op.execute(WHO)


def downgrade() -> None:
    """Drop it."""
    op.drop_column("reminders", "created_by_id", schema="files")
