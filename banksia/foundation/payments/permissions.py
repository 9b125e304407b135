"""Who may see and move money."""

from banksia.kit.actor import Permission

PAYMENTS_READ = Permission(
    "payments.payments.read",
    "See what is owed and paid",
    roles=("counter_clerk", "certificate_officer", "finance_officer", "administrator"),
)
COUNTER_TAKE = Permission(
    "payments.counter.take", "Take payment at the counter", roles=("counter_clerk", "finance_officer")
)
REFUNDS_REQUEST = Permission("payments.refunds.request", "Refund payments", roles=("finance_officer",))
REFUNDS_APPROVE = Permission(
    "payments.refunds.approve",
    "Approve refunds that another person asked for",
    roles=("finance_officer", "administrator"),
)
REVIEW_RESOLVE = Permission("payments.review.resolve", "Resolve money to review", roles=("finance_officer",))
LEDGER_READ = Permission("payments.ledger.read", "Read the ledger", roles=("finance_officer", "administrator"))

ALL = (PAYMENTS_READ, COUNTER_TAKE, REFUNDS_REQUEST, REFUNDS_APPROVE, REVIEW_RESOLVE, LEDGER_READ)
