"""Tills, accounts, waivers, disputes, and the provider's own books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "pay0003"
down_revision = "pay0002"
branch_labels = None
depends_on = None


NARROW = {
    ("payments", "method"): "method IN ('card', 'cash', 'eftpos', 'cheque')",
    ("ledger_entries", "kind"): (
        "kind IN ('charge', 'fee', 'refund', 'dispute', 'payout', 'counter_taking', 'reversal')"
    ),
    ("review_cases", "kind"): "kind IN ('mismatch', 'paid_late', 'duplicate', 'refund_failed')",
    ("review_cases", "resolution"): "resolution IS NULL OR resolution IN ('refund', 'reinstate', 'dismiss')",
}
WIDE = {
    ("payments", "method"): "method IN ('card', 'cash', 'eftpos', 'cheque', 'account', 'waiver')",
    ("ledger_entries", "kind"): (
        "kind IN ('charge', 'fee', 'refund', 'dispute', 'payout', 'counter_taking', 'reversal', 'account_charge',"
        " 'account_payment', 'account_settlement', 'waiver')"
    ),
    ("review_cases", "kind"): (
        "kind IN ('mismatch', 'paid_late', 'duplicate', 'refund_failed', 'dispute', 'not_in_ledger', 'not_at_provider')"
    ),
    ("review_cases", "resolution"): (
        "resolution IS NULL OR resolution IN ('refund', 'reinstate', 'dismiss', 'record')"
    ),
}
NEW = {
    ("payments", "surcharge"): "surcharge_cents >= 0 AND surcharge_cents < amount_cents",
    ("payments", "account"): "(method = 'account') = (account_id IS NOT NULL)",
    ("payments", "dishonoured"): "dishonoured_at IS NULL OR (method = 'cheque' AND NOT applied)",
    ("receipts", "subject"): "num_nonnulls(payable_id, account_payment_id) = 1",
}


def _check(checks: dict[tuple[str, str], str]) -> None:
    for (table, name), condition in checks.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition, schema="payments")


def _drop(checks: dict[tuple[str, str], str]) -> None:
    for table, name in checks:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, schema="payments", type_="check")


def upgrade() -> None:
    """Create the tables and widen the old ones."""
    op.create_table(
        "accounts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("postal_address", sa.Text(), nullable=True),
        sa.Column("credit_limit_cents", sa.BigInteger(), nullable=False),
        sa.Column("terms_days", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("credit_limit_cents >= 0", name=op.f("ck_accounts_credit_limit")),
        sa.CheckConstraint("terms_days BETWEEN 0 AND 365", name=op.f("ck_accounts_terms")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_accounts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_accounts_organisation_id_code")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_table(
        "books_checks",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("examples", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_books_checks_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books_checks")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_books_checks_organisation_id_name")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_table(
        "gl_codes",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_gl_codes_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gl_codes")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_gl_codes_organisation_id_code")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_table(
        "locations",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_locations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_locations_organisation_id_name")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_table(
        "payouts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("payout_id", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_payouts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint(
            "organisation_id", "provider", "payout_id", name=op.f("uq_payouts_organisation_id_provider_payout_id")
        ),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index(
        "ix_payouts_latest", "payouts", ["organisation_id", "arrives_on", "id"], unique=False, schema="payments"
    )
    op.create_table(
        "provider_accounts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("sealed_webhook_secrets", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("key_hint", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_provider_accounts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_accounts")),
        sa.UniqueConstraint("organisation_id", "provider", name=op.f("uq_provider_accounts_organisation_id_provider")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_table(
        "reconciliation_runs",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("listed_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('running', 'finished', 'failed')", name=op.f("ck_reconciliation_runs_state")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_reconciliation_runs_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_runs")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index(
        "ix_reconciliation_runs_latest",
        "reconciliation_runs",
        ["organisation_id", "id"],
        unique=False,
        schema="payments",
    )
    op.create_table(
        "surcharges",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("method IN ('card', 'eftpos')", name=op.f("ck_surcharges_method")),
        sa.CheckConstraint("basis_points BETWEEN 1 AND 1000", name=op.f("ck_surcharges_basis_points")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_surcharges_period")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_surcharges_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surcharges")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index(
        "ix_surcharges_method", "surcharges", ["organisation_id", "method", "from_on"], unique=False, schema="payments"
    )
    op.create_table(
        "bankings",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("cash_cents", sa.BigInteger(), nullable=False),
        sa.Column("cheque_cents", sa.BigInteger(), nullable=False),
        sa.Column("banked_by", sa.Uuid(), nullable=True),
        sa.Column("banked_by_name", sa.Text(), nullable=False),
        sa.Column("banked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cash_cents >= 0 AND cheque_cents >= 0", name=op.f("ck_bankings_amounts")),
        sa.ForeignKeyConstraint(["location_id"], ["payments.locations.id"], name=op.f("fk_bankings_location_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_bankings_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bankings")),
        schema="payments",
        info={"append_only": True},
    )
    op.create_index("ix_bankings_latest", "bankings", ["organisation_id", "id"], unique=False, schema="payments")
    op.create_table(
        "tills",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["payments.locations.id"], name=op.f("fk_tills_location_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_tills_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tills")),
        sa.UniqueConstraint(
            "organisation_id", "location_id", "name", name=op.f("uq_tills_organisation_id_location_id_name")
        ),
        schema="payments",
        info={"append_only": False},
    )
    op.create_table(
        "waivers",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_by_name", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('awaiting_approval', 'approved', 'rejected')", name=op.f("ck_waivers_state")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_waivers_amount")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name=op.f("ck_waivers_second_person")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_waivers_reason")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_waivers_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_waivers_payable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index("ix_waivers_state", "waivers", ["organisation_id", "state", "id"], unique=False, schema="payments")
    op.create_index(
        "uq_waivers_one_open",
        "waivers",
        ["organisation_id", "payable_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("state = 'awaiting_approval'"),
    )
    op.create_table(
        "provider_transactions",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("transaction_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("payout_id", sa.Text(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger_entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_entry_id"], ["payments.ledger_entries.id"], name=op.f("fk_provider_transactions_ledger_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.organisations.id"],
            name=op.f("fk_provider_transactions_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_transactions")),
        sa.UniqueConstraint(
            "organisation_id",
            "provider",
            "transaction_id",
            name=op.f("uq_provider_transactions_organisation_id_provider_transaction_id"),
        ),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index(
        "ix_provider_transactions_payout",
        "provider_transactions",
        ["organisation_id", "payout_id"],
        unique=False,
        schema="payments",
    )
    op.create_index(
        "ix_provider_transactions_source",
        "provider_transactions",
        ["organisation_id", "provider", "source"],
        unique=False,
        schema="payments",
    )
    op.create_index(
        "ix_provider_transactions_unmatched",
        "provider_transactions",
        ["organisation_id", "id"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("ledger_entry_id IS NULL"),
    )
    op.create_index(
        "uq_provider_transactions_entry",
        "provider_transactions",
        ["organisation_id", "ledger_entry_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("ledger_entry_id IS NOT NULL"),
    )
    op.create_table(
        "till_sessions",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("till_id", sa.Uuid(), nullable=False),
        sa.Column("cashier_id", sa.Uuid(), nullable=False),
        sa.Column("cashier_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("float_cents", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_by_name", sa.Text(), nullable=True),
        sa.Column("variance_cents", sa.BigInteger(), nullable=True),
        sa.Column("variance_reason", sa.Text(), nullable=True),
        sa.Column("banking_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'closed' OR variance_cents = 0 OR length(variance_reason) > 0",
            name=op.f("ck_till_sessions_variance_has_a_reason"),
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_till_sessions_state")),
        sa.CheckConstraint("float_cents >= 0", name=op.f("ck_till_sessions_float")),
        sa.ForeignKeyConstraint(["banking_id"], ["payments.bankings.id"], name=op.f("fk_till_sessions_banking_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_till_sessions_organisation_id")
        ),
        sa.ForeignKeyConstraint(["till_id"], ["payments.tills.id"], name=op.f("fk_till_sessions_till_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_sessions")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index(
        "ix_till_sessions_latest", "till_sessions", ["organisation_id", "id"], unique=False, schema="payments"
    )
    op.create_index(
        "ix_till_sessions_unbanked",
        "till_sessions",
        ["organisation_id", "id"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("state = 'closed' AND banking_id IS NULL"),
    )
    op.create_index(
        "uq_till_sessions_open_cashier",
        "till_sessions",
        ["organisation_id", "cashier_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_till_sessions_open_till",
        "till_sessions",
        ["organisation_id", "till_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "account_payments",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("drawer", sa.Text(), nullable=True),
        sa.Column("tendered_cents", sa.BigInteger(), nullable=True),
        sa.Column("change_cents", sa.BigInteger(), nullable=False),
        sa.Column("till_session_id", sa.Uuid(), nullable=True),
        sa.Column("cashier_id", sa.Uuid(), nullable=True),
        sa.Column("cashier_name", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dishonoured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dishonoured_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "method IN ('cash', 'eftpos', 'cheque', 'transfer')", name=op.f("ck_account_payments_method")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_account_payments_amount")),
        sa.CheckConstraint("change_cents >= 0", name=op.f("ck_account_payments_change_not_negative")),
        sa.ForeignKeyConstraint(["account_id"], ["payments.accounts.id"], name=op.f("fk_account_payments_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_account_payments_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["till_session_id"], ["payments.till_sessions.id"], name=op.f("fk_account_payments_till_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_payments")),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index(
        "ix_account_payments_account",
        "account_payments",
        ["organisation_id", "account_id", "id"],
        unique=False,
        schema="payments",
    )
    op.create_index(
        "ix_account_payments_session",
        "account_payments",
        ["organisation_id", "till_session_id"],
        unique=False,
        schema="payments",
    )
    op.create_table(
        "till_counts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("expected_cents", sa.BigInteger(), nullable=False),
        sa.Column("counted_cents", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("method IN ('cash', 'eftpos', 'cheque')", name=op.f("ck_till_counts_method")),
        sa.CheckConstraint("counted_cents >= 0", name=op.f("ck_till_counts_counted")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_till_counts_organisation_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["payments.till_sessions.id"], name=op.f("fk_till_counts_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_counts")),
        sa.UniqueConstraint(
            "organisation_id", "session_id", "method", name=op.f("uq_till_counts_organisation_id_session_id_method")
        ),
        schema="payments",
        info={"append_only": True},
    )
    op.create_table(
        "disputes",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("payable_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("provider_dispute_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('needs_response', 'under_review', 'won', 'lost')", name=op.f("ck_disputes_state")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_disputes_amount")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_disputes_organisation_id")
        ),
        sa.ForeignKeyConstraint(["payable_id"], ["payments.payables.id"], name=op.f("fk_disputes_payable_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_disputes_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint(
            "organisation_id",
            "provider",
            "provider_dispute_id",
            name=op.f("uq_disputes_organisation_id_provider_provider_dispute_id"),
        ),
        schema="payments",
        info={"append_only": False},
    )
    op.create_index("ix_disputes_latest", "disputes", ["organisation_id", "id"], unique=False, schema="payments")
    op.create_index(
        "ix_disputes_payable", "disputes", ["organisation_id", "payable_id"], unique=False, schema="payments"
    )
    op.create_index(
        "ix_disputes_payment", "disputes", ["organisation_id", "payment_id"], unique=False, schema="payments"
    )
    op.create_table(
        "refund_lines",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("payable_line_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("gst_cents", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refund_lines_amount")),
        sa.CheckConstraint("gst_cents BETWEEN 0 AND amount_cents", name=op.f("ck_refund_lines_gst")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.organisations.id"], name=op.f("fk_refund_lines_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["payable_line_id"], ["payments.payable_lines.id"], name=op.f("fk_refund_lines_payable_line_id")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["payments.refunds.id"], name=op.f("fk_refund_lines_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_lines")),
        sa.UniqueConstraint(
            "organisation_id",
            "refund_id",
            "payable_line_id",
            name=op.f("uq_refund_lines_organisation_id_refund_id_payable_line_id"),
        ),
        schema="payments",
        info={"append_only": True},
    )
    op.add_column(
        "attempts", sa.Column("surcharge_cents", sa.BigInteger(), server_default="0", nullable=False), schema="payments"
    )
    op.add_column("ledger_entries", sa.Column("account_id", sa.Uuid(), nullable=True), schema="payments")
    op.create_index(
        "ix_ledger_entries_account",
        "ledger_entries",
        ["organisation_id", "account_id", "happened_at", "id"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entries_provider",
        "ledger_entries",
        ["organisation_id", "provider_id"],
        unique=False,
        schema="payments",
    )
    op.create_foreign_key(
        op.f("fk_ledger_entries_account_id"),
        "ledger_entries",
        "accounts",
        ["account_id"],
        ["id"],
        source_schema="payments",
        referent_schema="payments",
    )
    op.add_column("payables", sa.Column("pay_token", sa.Text(), nullable=True), schema="payments")
    op.create_index(
        "uq_payables_pay_token", "payables", ["organisation_id", "pay_token"], unique=True, schema="payments"
    )
    op.add_column(
        "payments", sa.Column("surcharge_cents", sa.BigInteger(), server_default="0", nullable=False), schema="payments"
    )
    op.add_column("payments", sa.Column("account_id", sa.Uuid(), nullable=True), schema="payments")
    op.add_column("payments", sa.Column("till_session_id", sa.Uuid(), nullable=True), schema="payments")
    op.add_column("payments", sa.Column("dishonoured_at", sa.DateTime(timezone=True), nullable=True), schema="payments")
    op.add_column("payments", sa.Column("dishonoured_reason", sa.Text(), nullable=True), schema="payments")
    op.create_index(
        "ix_payments_received", "payments", ["organisation_id", "received_at"], unique=False, schema="payments"
    )
    op.create_index(
        "ix_payments_session", "payments", ["organisation_id", "till_session_id"], unique=False, schema="payments"
    )
    op.create_foreign_key(
        op.f("fk_payments_account_id"),
        "payments",
        "accounts",
        ["account_id"],
        ["id"],
        source_schema="payments",
        referent_schema="payments",
    )
    op.create_foreign_key(
        op.f("fk_payments_till_session_id"),
        "payments",
        "till_sessions",
        ["till_session_id"],
        ["id"],
        source_schema="payments",
        referent_schema="payments",
    )
    op.add_column("receipts", sa.Column("part", sa.Integer(), server_default="1", nullable=False), schema="payments")
    op.add_column("receipts", sa.Column("account_payment_id", sa.Uuid(), nullable=True), schema="payments")
    op.alter_column("receipts", "payable_id", existing_type=sa.UUID(), nullable=True, schema="payments")
    op.drop_constraint(op.f("uq_receipts_organisation_id_payable_id"), "receipts", schema="payments", type_="unique")
    op.create_unique_constraint(
        op.f("uq_receipts_organisation_id_account_payment_id"),
        "receipts",
        ["organisation_id", "account_payment_id"],
        schema="payments",
    )
    op.create_unique_constraint(
        op.f("uq_receipts_organisation_id_payable_id_part"),
        "receipts",
        ["organisation_id", "payable_id", "part"],
        schema="payments",
    )
    op.create_foreign_key(
        op.f("fk_receipts_account_payment_id"),
        "receipts",
        "account_payments",
        ["account_payment_id"],
        ["id"],
        source_schema="payments",
        referent_schema="payments",
    )
    op.add_column("refunds", sa.Column("till_session_id", sa.Uuid(), nullable=True), schema="payments")
    op.create_foreign_key(
        op.f("fk_refunds_till_session_id"),
        "refunds",
        "till_sessions",
        ["till_session_id"],
        ["id"],
        source_schema="payments",
        referent_schema="payments",
    )
    op.alter_column("review_cases", "payable_id", existing_type=sa.UUID(), nullable=True, schema="payments")
    _drop(NARROW)
    _check(WIDE | NEW)


def downgrade() -> None:
    """Undo it."""
    _drop(WIDE | NEW)
    _check(NARROW)
    op.alter_column("review_cases", "payable_id", existing_type=sa.UUID(), nullable=False, schema="payments")
    op.drop_constraint(op.f("fk_refunds_till_session_id"), "refunds", schema="payments", type_="foreignkey")
    op.drop_column("refunds", "till_session_id", schema="payments")
    op.drop_constraint(op.f("fk_receipts_account_payment_id"), "receipts", schema="payments", type_="foreignkey")
    op.drop_constraint(
        op.f("uq_receipts_organisation_id_payable_id_part"), "receipts", schema="payments", type_="unique"
    )
    op.drop_constraint(
        op.f("uq_receipts_organisation_id_account_payment_id"), "receipts", schema="payments", type_="unique"
    )
    op.create_unique_constraint(
        op.f("uq_receipts_organisation_id_payable_id"),
        "receipts",
        ["organisation_id", "payable_id"],
        schema="payments",
        postgresql_nulls_not_distinct=False,
    )
    op.alter_column("receipts", "payable_id", existing_type=sa.UUID(), nullable=False, schema="payments")
    op.drop_column("receipts", "account_payment_id", schema="payments")
    op.drop_column("receipts", "part", schema="payments")
    op.drop_constraint(op.f("fk_payments_till_session_id"), "payments", schema="payments", type_="foreignkey")
    op.drop_constraint(op.f("fk_payments_account_id"), "payments", schema="payments", type_="foreignkey")
    op.drop_index("ix_payments_session", table_name="payments", schema="payments")
    op.drop_index("ix_payments_received", table_name="payments", schema="payments")
    op.drop_column("payments", "dishonoured_reason", schema="payments")
    op.drop_column("payments", "dishonoured_at", schema="payments")
    op.drop_column("payments", "till_session_id", schema="payments")
    op.drop_column("payments", "account_id", schema="payments")
    op.drop_column("payments", "surcharge_cents", schema="payments")
    op.drop_index("uq_payables_pay_token", table_name="payables", schema="payments")
    op.drop_column("payables", "pay_token", schema="payments")
    op.drop_constraint(op.f("fk_ledger_entries_account_id"), "ledger_entries", schema="payments", type_="foreignkey")
    op.drop_index("ix_ledger_entries_provider", table_name="ledger_entries", schema="payments")
    op.drop_index(
        "ix_ledger_entries_account",
        table_name="ledger_entries",
        schema="payments",
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.drop_column("ledger_entries", "account_id", schema="payments")
    op.drop_column("attempts", "surcharge_cents", schema="payments")
    op.drop_table("refund_lines", schema="payments")
    op.drop_index("ix_disputes_payment", table_name="disputes", schema="payments")
    op.drop_index("ix_disputes_payable", table_name="disputes", schema="payments")
    op.drop_index("ix_disputes_latest", table_name="disputes", schema="payments")
    op.drop_table("disputes", schema="payments")
    op.drop_table("till_counts", schema="payments")
    op.drop_index("ix_account_payments_session", table_name="account_payments", schema="payments")
    op.drop_index("ix_account_payments_account", table_name="account_payments", schema="payments")
    op.drop_table("account_payments", schema="payments")
    op.drop_index(
        "uq_till_sessions_open_till",
        table_name="till_sessions",
        schema="payments",
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(
        "uq_till_sessions_open_cashier",
        table_name="till_sessions",
        schema="payments",
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(
        "ix_till_sessions_unbanked",
        table_name="till_sessions",
        schema="payments",
        postgresql_where=sa.text("state = 'closed' AND banking_id IS NULL"),
    )
    op.drop_index("ix_till_sessions_latest", table_name="till_sessions", schema="payments")
    op.drop_table("till_sessions", schema="payments")
    op.drop_index(
        "uq_provider_transactions_entry",
        table_name="provider_transactions",
        schema="payments",
        postgresql_where=sa.text("ledger_entry_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_provider_transactions_unmatched",
        table_name="provider_transactions",
        schema="payments",
        postgresql_where=sa.text("ledger_entry_id IS NULL"),
    )
    op.drop_index("ix_provider_transactions_source", table_name="provider_transactions", schema="payments")
    op.drop_index("ix_provider_transactions_payout", table_name="provider_transactions", schema="payments")
    op.drop_table("provider_transactions", schema="payments")
    op.drop_index(
        "uq_waivers_one_open",
        table_name="waivers",
        schema="payments",
        postgresql_where=sa.text("state = 'awaiting_approval'"),
    )
    op.drop_index("ix_waivers_state", table_name="waivers", schema="payments")
    op.drop_table("waivers", schema="payments")
    op.drop_table("tills", schema="payments")
    op.drop_index("ix_bankings_latest", table_name="bankings", schema="payments")
    op.drop_table("bankings", schema="payments")
    op.drop_index("ix_surcharges_method", table_name="surcharges", schema="payments")
    op.drop_table("surcharges", schema="payments")
    op.drop_index("ix_reconciliation_runs_latest", table_name="reconciliation_runs", schema="payments")
    op.drop_table("reconciliation_runs", schema="payments")
    op.drop_table("provider_accounts", schema="payments")
    op.drop_index("ix_payouts_latest", table_name="payouts", schema="payments")
    op.drop_table("payouts", schema="payments")
    op.drop_table("locations", schema="payments")
    op.drop_table("gl_codes", schema="payments")
    op.drop_table("books_checks", schema="payments")
    op.drop_table("accounts", schema="payments")
