"""Let two refunds of one payment wait for each other without a deadlock.

A refund's foreign key locks its payment against a change of its key; a lock against every change on top of that made
two that came at once wait for each other for ever, and the database ended one with a deadlock instead of a reason.
"""

from alembic import op

revision = "pay0006"
down_revision = "pay0005"
branch_labels = None
depends_on = None

CHECK_REFUND = """
CREATE OR REPLACE FUNCTION payments.check_refund_within_capture() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    captured_cents bigint;
    held_cents bigint;
BEGIN
    -- The lock makes two refunds of one payment wait for each other; the sum is read after it, with a fresh view.
    SELECT amount_cents INTO captured_cents FROM payments.payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(amount_cents), 0) INTO held_cents FROM payments.refunds
        WHERE payment_id = NEW.payment_id AND state IN ('awaiting_approval', 'pending', 'succeeded');
    IF held_cents > captured_cents THEN
        RAISE EXCEPTION 'refunds of % cents for % captured', held_cents, captured_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_capture';
    END IF;
    RETURN NULL;
END $$
"""
CHECK_REFUND_BEFORE = """
CREATE OR REPLACE FUNCTION payments.check_refund_within_capture() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    captured_cents bigint;
    held_cents bigint;
BEGIN
    -- The lock makes two refunds of one payment wait for each other; the sum is read after it, with a fresh view.
    SELECT amount_cents INTO captured_cents FROM payments.payments WHERE id = NEW.payment_id FOR UPDATE;
    SELECT coalesce(sum(amount_cents), 0) INTO held_cents FROM payments.refunds
        WHERE payment_id = NEW.payment_id AND state IN ('awaiting_approval', 'pending', 'succeeded');
    IF held_cents > captured_cents THEN
        RAISE EXCEPTION 'refunds of % cents for % captured', held_cents, captured_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_capture';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Take the lesser lock: it still excludes itself."""
    op.execute(CHECK_REFUND)


def downgrade() -> None:
    """Take the greater one again."""
    op.execute(CHECK_REFUND_BEFORE)
