"""Keep development applications by the class of major works where nobody chose one; say that a load stays as it is."""

from alembic import op

revision = "fil0008"
down_revision = "fil0007"
branch_labels = None
depends_on = None

# What the module gives a new application's folder. Other folders without a class are kept until one is chosen.
CLASSES = """
UPDATE files.folders f SET retention_class_id = c.id
  FROM files.retention_classes c
 WHERE c.organisation_id = f.organisation_id AND c.code = 'major-works' AND c.is_active
   AND f.kind = 'application' AND f.parent_id IS NULL AND f.retention_class_id IS NULL
"""
# These were counted as taken back though they stayed.
KEPT = """
UPDATE files.batch_rows SET verdict = 'kept' WHERE verdict = 'undone' AND reason <> ''
"""
COUNTS = """
UPDATE files.batches b
   SET counts = (SELECT jsonb_object_agg(each.verdict, each.rows)
                   FROM (SELECT r.verdict, count(*) AS rows FROM files.batch_rows r
                          WHERE r.organisation_id = b.organisation_id AND r.batch_id = b.id
                          GROUP BY r.verdict) each)
 WHERE b.state = 'undone' AND EXISTS (
       SELECT FROM files.batch_rows r
        WHERE r.organisation_id = b.organisation_id AND r.batch_id = b.id AND r.verdict = 'kept')
"""
BEFORE = "'checking', 'checked', 'loading', 'loaded', 'undoing', 'undone', 'failed'"


def upgrade() -> None:
    """Let a load say that its undoing failed, and give classes."""
    _states(BEFORE.replace("'failed'", "'undo_failed', 'failed'"))
    for statement in (CLASSES, KEPT, COUNTS):
        op.execute(statement)


def downgrade() -> None:
    """Have loads whose undoing failed wait for it; classes stay, since people may have chosen the same."""
    op.execute("UPDATE files.batches SET state = 'undoing' WHERE state = 'undo_failed'")
    op.execute("UPDATE files.batch_rows SET verdict = 'undone' WHERE verdict = 'kept'")
    _states(BEFORE)


def _states(known: str) -> None:
    op.drop_constraint(op.f("ck_batches_state_known"), "batches", schema="files")
    op.create_check_constraint(op.f("ck_batches_state_known"), "batches", f"state IN ({known})", schema="files")
