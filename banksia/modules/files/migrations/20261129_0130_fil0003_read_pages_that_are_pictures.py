"""Read the pages that are pictures in a file whose other pages have words."""

import sqlalchemy as sa
from alembic import op

revision = "fil0003"
down_revision = "fil0002"
branch_labels = None
depends_on = None

COLUMNS = ("scan_pages", "unread_pages")
# What waits is told by its state from now on. PDFs of several pages whose words were found are looked at once more, a
# thousand an hour: some of their pages may be pictures. They are found by their words all the while.
NOTES = "UPDATE files.contents SET text_note = '' WHERE text_state = 'ocr_waiting' AND ocr_pages_done = 0"
LOOK_AGAIN = """
UPDATE files.contents SET text_state = 'waiting'
 WHERE text_state = 'done' AND page_count > 1 AND NOT is_scan
"""


def upgrade() -> None:
    """Add the columns, and have looked at what may have such pages."""
    for name in COLUMNS:
        op.add_column("contents", sa.Column(name, sa.ARRAY(sa.Integer()), nullable=True), schema="files")
    op.execute(NOTES)
    op.execute(LOOK_AGAIN)


def downgrade() -> None:
    """Drop them; a file that had words before OCR keeps these."""
    op.execute(
        "UPDATE files.contents SET is_scan = false, text_state = 'done'"
        " WHERE scan_pages IS NOT NULL AND text_state <> 'waiting'"
    )
    for name in COLUMNS:
        op.drop_column("contents", name, schema="files")
