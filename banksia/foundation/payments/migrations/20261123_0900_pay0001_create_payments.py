"""create payments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "pay0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "event_cursors",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("listed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_event_cursors_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_cursors")),
        sa.UniqueConstraint("organisation_id", "provider", name=op.f("uq_event_cursors_organisation_id_provider")),
        schema="payments",
    )
    op.create_table(
        "payables",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("payer_name", sa.Text(), nullable=False),
        sa.Column("payer_email", sa.Text(), nullable=True),
        sa.Column("return_path", sa.Text(), nullable=False),
        sa.Column("mail_link", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("gst_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counter_lock", sa.Uuid(), nullable=True),
        sa.Column("counter_locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("currency = 'aud'", name=op.f("ck_payables_currency")),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'paid', 'part_refunded', 'refunded', 'needs_review', 'expired', "
            "'cancelled')",
            name=op.f("ck_payables_state"),
        ),
        sa.CheckConstraint("gst_cents BETWEEN 0 AND total_cents", name=op.f("ck_payables_gst")),
        sa.CheckConstraint("total_cents > 0", name=op.f("ck_payables_total")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_payables_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payables")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "subject_id", name=op.f("uq_payables_organisation_id_kind_subject_id")
        ),
        schema="payments",
    )
    op.create_index(
        "ix_payables_counter_locked",
        "payables",
        ["organisation_id", "counter_locked_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("counter_lock IS NOT NULL"),
    )
    op.create_index(
        "ix_payables_state", "payables", ["organisation_id", "state", "id"], unique=False, schema="payments"
    )
    op.create_table(
        "receipt_counters",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_receipt_counters_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_receipt_counters")),
        schema="payments",
    )
    op.create_table(
        "webhook_events",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("provider_payment_id", sa.Text(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_webhook_events_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_events")),
        sa.UniqueConstraint(
            "organisation_id", "account", "event_id", name=op.f("uq_webhook_events_organisation_id_account_event_id")
        ),
        schema="payments",
    )
    op.create_index(
        "ix_webhook_events_unhandled",
        "webhook_events",
        ["organisation_id", "id"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "attempts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("success_url", sa.Text(), nullable=False),
        sa.Column("cancel_url", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checkout_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("provider_payment_id", sa.Text(), nullable=True),
        sa.Column("decline_code", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('created', 'open', 'paid', 'expired', 'refused', 'needs_review', 'duplicate')",
            name=op.f("ck_attempts_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_attempts_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_attempts_payable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        schema="payments",
    )
    op.create_index(
        "ix_attempts_open",
        "attempts",
        ["organisation_id", "asked_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("state IN ('created', 'open')"),
    )
    op.create_index(
        "ix_attempts_payable", "attempts", ["organisation_id", "payable_id"], unique=False, schema="payments"
    )
    op.create_index(
        "ix_attempts_payment",
        "attempts",
        ["organisation_id", "provider", "provider_payment_id"],
        unique=False,
        schema="payments",
    )
    op.create_index(
        "uq_attempts_checkout",
        "attempts",
        ["organisation_id", "provider", "checkout_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("checkout_id IS NOT NULL"),
    )
    op.create_index(
        "uq_attempts_one_open",
        "attempts",
        ["organisation_id", "payable_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("state IN ('created', 'open')"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('charge', 'fee', 'refund', 'dispute', 'payout', 'counter_taking', 'reversal')",
            name=op.f("ck_ledger_entries_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_ledger_entries_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_ledger_entries_payable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "source_id", name=op.f("uq_ledger_entries_organisation_id_kind_source_id")
        ),
        schema="payments",
    )
    op.create_index(
        "ix_ledger_entries_happened",
        "ledger_entries",
        ["organisation_id", "happened_at", "id"],
        unique=False,
        schema="payments",
    )
    op.create_index(
        "ix_ledger_entries_payable",
        "ledger_entries",
        ["organisation_id", "payable_id"],
        unique=False,
        schema="payments",
    )
    op.create_table(
        "payable_lines",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("gst_cents", sa.BigInteger(), nullable=False),
        sa.Column("gst_treatment", sa.Text(), nullable=False),
        sa.Column("gl_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "gst_cents = CASE WHEN gst_treatment = 'taxable' THEN round(amount_cents / 11.0) ELSE 0 END",
            name=op.f("ck_payable_lines_gst"),
        ),
        sa.CheckConstraint(
            "gst_treatment IN ('taxable', 'exempt', 'out_of_scope')", name=op.f("ck_payable_lines_gst_treatment")
        ),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_payable_lines_amount")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_payable_lines_quantity")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_payable_lines_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_payable_lines_payable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payable_lines")),
        sa.UniqueConstraint(
            "organisation_id",
            "payable_id",
            "position",
            name=op.f("uq_payable_lines_organisation_id_payable_id_position"),
        ),
        schema="payments",
    )
    op.create_table(
        "receipts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("is_tax_invoice", sa.Boolean(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("gst_cents", sa.BigInteger(), nullable=False),
        sa.Column("access_token", sa.Text(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_receipts_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_receipts_payable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_receipts_organisation_id_number")),
        sa.UniqueConstraint("organisation_id", "payable_id", name=op.f("uq_receipts_organisation_id_payable_id")),
        schema="payments",
    )
    op.create_table(
        "payments",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("provider_payment_id", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("drawer", sa.Text(), nullable=True),
        sa.Column("tendered_cents", sa.BigInteger(), nullable=True),
        sa.Column("change_cents", sa.BigInteger(), nullable=False),
        sa.Column("cashier_id", sa.Uuid(), nullable=True),
        sa.Column("cashier_name", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "method <> 'cash' OR tendered_cents = amount_cents + change_cents", name=op.f("ck_payments_change")
        ),
        sa.CheckConstraint("method IN ('card', 'cash', 'eftpos', 'cheque')", name=op.f("ck_payments_method")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payments_amount")),
        sa.CheckConstraint("change_cents >= 0", name=op.f("ck_payments_change_not_negative")),
        sa.ForeignKeyConstraint(["attempt_id"], ["payments.attempts.id"], name=op.f("fk_payments_attempt_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_payments_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_payments_payable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        schema="payments",
    )
    op.create_index(
        "ix_payments_payable", "payments", ["organisation_id", "payable_id"], unique=False, schema="payments"
    )
    op.create_index(
        "uq_payments_attempt", "payments", ["organisation_id", "attempt_id"], unique=True, schema="payments"
    )
    op.create_table(
        "receipt_documents",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["object_id"], ["storage.objects.id"], name=op.f("fk_receipt_documents_object_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_receipt_documents_organisation_id")
        ),
        sa.ForeignKeyConstraint(["receipt_id"], ["payments.receipts.id"], name=op.f("fk_receipt_documents_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_documents")),
        sa.UniqueConstraint(
            "organisation_id", "receipt_id", name=op.f("uq_receipt_documents_organisation_id_receipt_id")
        ),
        schema="payments",
    )
    op.create_table(
        "refunds",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("review_case_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_by_name", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("provider_refund_id", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting_approval', 'pending', 'succeeded', 'failed', 'rejected')",
            name=op.f("ck_refunds_state"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refunds_amount")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_refunds_reason")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_refunds_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_refunds_payable_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_refunds_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        schema="payments",
    )
    op.create_index("ix_refunds_payable", "refunds", ["organisation_id", "payable_id"], unique=False, schema="payments")
    op.create_index("ix_refunds_payment", "refunds", ["organisation_id", "payment_id"], unique=False, schema="payments")
    op.create_index("ix_refunds_state", "refunds", ["organisation_id", "state", "id"], unique=False, schema="payments")
    op.create_index("ix_refunds_latest", "refunds", ["organisation_id", "id"], unique=False, schema="payments")
    op.create_table(
        "review_cases",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolution_reason", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_by_name", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('mismatch', 'paid_late', 'duplicate', 'refund_failed')", name=op.f("ck_review_cases_kind")
        ),
        sa.CheckConstraint(
            "resolution IS NULL OR resolution IN ('refund', 'reinstate', 'dismiss')",
            name=op.f("ck_review_cases_resolution"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_review_cases_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_review_cases_payable_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_review_cases_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_cases")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "source_id", name=op.f("uq_review_cases_organisation_id_kind_source_id")
        ),
        schema="payments",
    )
    op.create_index(
        "ix_review_cases_open",
        "review_cases",
        ["organisation_id", "id"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "ix_review_cases_latest", "review_cases", ["organisation_id", "id"], unique=False, schema="payments"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index(
        "ix_review_cases_open",
        table_name="review_cases",
        schema="payments",
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_table("review_cases", schema="payments")
    op.drop_index("ix_refunds_state", table_name="refunds", schema="payments")
    op.drop_index("ix_refunds_payment", table_name="refunds", schema="payments")
    op.drop_index("ix_refunds_payable", table_name="refunds", schema="payments")
    op.drop_table("refunds", schema="payments")
    op.drop_table("receipt_documents", schema="payments")
    op.drop_index("uq_payments_attempt", table_name="payments", schema="payments")
    op.drop_index("ix_payments_payable", table_name="payments", schema="payments")
    op.drop_table("payments", schema="payments")
    op.drop_table("receipts", schema="payments")
    op.drop_table("payable_lines", schema="payments")
    op.drop_index("ix_ledger_entries_payable", table_name="ledger_entries", schema="payments")
    op.drop_index("ix_ledger_entries_happened", table_name="ledger_entries", schema="payments")
    op.drop_table("ledger_entries", schema="payments")
    op.drop_index(
        "uq_attempts_one_open",
        table_name="attempts",
        schema="payments",
        postgresql_where=sa.text("state IN ('created', 'open')"),
    )
    op.drop_index(
        "uq_attempts_checkout",
        table_name="attempts",
        schema="payments",
        postgresql_where=sa.text("checkout_id IS NOT NULL"),
    )
    op.drop_index("ix_attempts_payment", table_name="attempts", schema="payments")
    op.drop_index("ix_attempts_payable", table_name="attempts", schema="payments")
    op.drop_index(
        "ix_attempts_open",
        table_name="attempts",
        schema="payments",
        postgresql_where=sa.text("state IN ('created', 'open')"),
    )
    op.drop_table("attempts", schema="payments")
    op.drop_index(
        "ix_webhook_events_unhandled",
        table_name="webhook_events",
        schema="payments",
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_table("webhook_events", schema="payments")
    op.drop_table("receipt_counters", schema="payments")
    op.drop_index("ix_payables_state", table_name="payables", schema="payments")
    op.drop_index(
        "ix_payables_counter_locked",
        table_name="payables",
        schema="payments",
        postgresql_where=sa.text("counter_lock IS NOT NULL"),
    )
    op.drop_table("payables", schema="payments")
    op.drop_table("event_cursors", schema="payments")
