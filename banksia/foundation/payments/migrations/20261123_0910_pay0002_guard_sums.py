"""Let the database refuse sums that do not fit, whoever writes them."""

from alembic import op

revision = "pay0002"
down_revision = "pay0001"
branch_labels = None
depends_on = None

# A CHECK cannot sum rows, so these are triggers. The first two are deferred: lines and total are written in turn.
CHECK_PAYABLE = """
CREATE FUNCTION payments.check_payable_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owed_id uuid := CASE TG_TABLE_NAME WHEN 'payables' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'payable_id')::uuid END;
    owed record;
    added record;
BEGIN
    SELECT total_cents, gst_cents, reference INTO owed FROM payments.payables WHERE id = owed_id;
    SELECT coalesce(sum(amount_cents), 0) AS total_cents, coalesce(sum(gst_cents), 0) AS gst_cents
        INTO added FROM payments.payable_lines WHERE payable_id = owed_id;
    IF owed.total_cents <> added.total_cents OR owed.gst_cents <> added.gst_cents THEN
        RAISE EXCEPTION 'the lines of % add up to % cents with % GST, but % with % are owed',
            owed.reference, added.total_cents, added.gst_cents, owed.total_cents, owed.gst_cents
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payable_sums';
    END IF;
    RETURN NULL;
END $$
"""
CHECK_ATTEMPT = """
CREATE FUNCTION payments.check_attempt_amount() RETURNS trigger LANGUAGE plpgsql AS $$
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
CHECK_REFUND = """
CREATE FUNCTION payments.check_refund_within_capture() RETURNS trigger LANGUAGE plpgsql AS $$
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
    """Create the functions and their triggers."""
    for statement in (CHECK_PAYABLE, CHECK_ATTEMPT, CHECK_REFUND):
        op.execute(statement)
    for table, event, function in (
        ("payables", "INSERT OR UPDATE OF total_cents, gst_cents", "check_payable_sums"),
        ("payable_lines", "INSERT OR UPDATE", "check_payable_sums"),
        ("attempts", "INSERT OR UPDATE OF amount_cents", "check_attempt_amount"),
    ):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {function} AFTER {event} ON payments.{table} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.{function}()"
        )
    op.execute(
        "CREATE TRIGGER refund_within_capture AFTER INSERT OR UPDATE OF amount_cents, state, payment_id "
        "ON payments.refunds FOR EACH ROW EXECUTE FUNCTION payments.check_refund_within_capture()"
    )


def downgrade() -> None:
    """Drop the functions, and with them their triggers."""
    for function in ("check_payable_sums", "check_attempt_amount", "check_refund_within_capture"):
        op.execute(f"DROP FUNCTION payments.{function}() CASCADE")
