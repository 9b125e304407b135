"""Who may see and move money."""

from banksia.kit.actor import Permission

PAYMENTS_READ = Permission(
    "payments.payments.read",
    "See what is owed and paid",
    roles=("counter_clerk", "certificate_officer", "finance_officer", "administrator"),
)
COUNTER_TAKE = Permission(
    "payments.counter.take", "Take payment at the counter", roles=("counter_clerk", "finance_officer", "administrator")
)
REFUNDS_REQUEST = Permission("payments.refunds.request", "Refund payments", roles=("finance_officer",))
REFUNDS_APPROVE = Permission(
    "payments.refunds.approve",
    "Approve refunds that another person asked for",
    roles=("finance_officer", "administrator"),
)
REVIEW_RESOLVE = Permission("payments.review.resolve", "Resolve money to review", roles=("finance_officer",))
LEDGER_READ = Permission("payments.ledger.read", "Read the ledger", roles=("finance_officer", "administrator"))
TILLS_MANAGE = Permission("payments.tills.manage", "Keep the council's counters and tills", roles=("administrator",))
TILLS_SUPERVISE = Permission(
    "payments.tills.supervise",
    "Close other people's tills and take money to the bank",
    roles=("finance_officer", "administrator"),
)
WAIVERS_APPROVE = Permission(
    "payments.waivers.approve",
    "Approve waivers that another person asked for",
    roles=("finance_officer", "administrator"),
)
CHEQUES_DISHONOUR = Permission(
    "payments.cheques.dishonour", "Record cheques that came back", roles=("counter_clerk", "finance_officer")
)

ACCOUNTS_READ = Permission(
    "payments.accounts.read",
    "See the accounts of firms and what they owe",
    roles=("counter_clerk", "finance_officer", "administrator"),
)
ACCOUNTS_MANAGE = Permission(
    "payments.accounts.manage", "Open, change and close accounts, and mail statements", roles=("finance_officer",)
)
GL_CODES_MANAGE = Permission(
    "payments.gl_codes.manage", "Keep the codes of the general ledger", roles=("finance_officer", "administrator")
)
CHECKS_RUN = Permission(
    "payments.checks.run", "Read and run the checks of the books", roles=("finance_officer", "administrator")
)
LINKS_SEND = Permission(
    "payments.links.send",
    "Send a link to pay",
    roles=("counter_clerk", "certificate_officer", "finance_officer", "administrator"),
)
PROVIDER_MANAGE = Permission(
    "payments.provider.manage", "Keep the council's own keys of the payment provider", roles=("administrator",)
)
RECONCILIATION_READ = Permission(
    "payments.reconciliation.read", "See how the ledger fits the provider's books", roles=("finance_officer",)
)
RECONCILIATION_RUN = Permission(
    "payments.reconciliation.run", "Compare the ledger with the provider's books now", roles=("finance_officer",)
)
SETTINGS_MANAGE = Permission(
    "payments.settings.manage", "Set surcharges and the wording of receipts", roles=("administrator",)
)

ALL = (
    LINKS_SEND,
    SETTINGS_MANAGE,
    PROVIDER_MANAGE,
    RECONCILIATION_READ,
    RECONCILIATION_RUN,
    ACCOUNTS_READ,
    ACCOUNTS_MANAGE,
    GL_CODES_MANAGE,
    CHECKS_RUN,
    PAYMENTS_READ,
    COUNTER_TAKE,
    REFUNDS_REQUEST,
    REFUNDS_APPROVE,
    REVIEW_RESOLVE,
    LEDGER_READ,
    TILLS_MANAGE,
    TILLS_SUPERVISE,
    WAIVERS_APPROVE,
    CHEQUES_DISHONOUR,
)
