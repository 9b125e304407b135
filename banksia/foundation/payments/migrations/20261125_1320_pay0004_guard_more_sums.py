"""Let the database refuse an attempt over more than is still owed, and refunds whose lines do not add up."""

from alembic import op

revision = "pay0004"
down_revision = "pay0003"
branch_labels = None
depends_on = None

# What a surcharge adds pays nothing that is owed, and a dishonoured cheque leaves a part to be paid again.
CHECK_ATTEMPT = """
CREATE OR REPLACE FUNCTION payments.check_attempt_amount() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owed_cents bigint;
    paid_cents bigint;
BEGIN
    SELECT total_cents INTO owed_cents FROM payments.payables WHERE id = NEW.payable_id;
    SELECT coalesce(sum(amount_cents - surcharge_cents), 0) INTO paid_cents FROM payments.payments
        WHERE payable_id = NEW.payable_id AND applied;
    IF NEW.amount_cents - NEW.surcharge_cents <> owed_cents - paid_cents THEN
        RAISE EXCEPTION 'an attempt over % cents for % owed', NEW.amount_cents, owed_cents - paid_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_amount';
    END IF;
    RETURN NULL;
END $$
"""
CHECK_ATTEMPT_BEFORE = """
CREATE OR REPLACE FUNCTION payments.check_attempt_amount() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owed_cents bigint;
BEGIN
    SELECT total_cents INTO owed_cents FROM payments.payables WHERE id = NEW.payable_id;
    IF NEW.amount_cents <> owed_cents THEN
        RAISE EXCEPTION 'an attempt over % cents for % owed', NEW.amount_cents, owed_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_amount';
    END IF;
    RETURN NULL;
END $$
"""
CHECK_REFUND_LINES = """
CREATE FUNCTION payments.check_refund_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    refund_cents bigint;
    lines_cents bigint;
    line_cents bigint;
    held_cents bigint;
BEGIN
    SELECT amount_cents INTO refund_cents FROM payments.refunds WHERE id = NEW.refund_id;
    SELECT sum(amount_cents) INTO lines_cents FROM payments.refund_lines WHERE refund_id = NEW.refund_id;
    IF lines_cents > refund_cents THEN
        RAISE EXCEPTION 'refund lines of % cents for a refund of %', lines_cents, refund_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_lines';
    END IF;
    SELECT amount_cents INTO line_cents FROM payments.payable_lines WHERE id = NEW.payable_line_id;
    SELECT coalesce(sum(l.amount_cents), 0) INTO held_cents FROM payments.refund_lines l
        JOIN payments.refunds r ON r.id = l.refund_id
        WHERE l.payable_line_id = NEW.payable_line_id AND r.state IN ('awaiting_approval', 'pending', 'succeeded');
    IF held_cents > line_cents THEN
        RAISE EXCEPTION 'refunds of % cents of a line of %', held_cents, line_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_lines';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Replace one function, add another and its trigger."""
    op.execute(CHECK_ATTEMPT)
    op.execute(CHECK_REFUND_LINES)
    op.execute(
        "CREATE CONSTRAINT TRIGGER check_refund_lines AFTER INSERT ON payments.refund_lines "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.check_refund_lines()"
    )


def downgrade() -> None:
    """Drop what was added and put the old function back."""
    op.execute("DROP FUNCTION payments.check_refund_lines() CASCADE")
    op.execute(CHECK_ATTEMPT_BEFORE)
