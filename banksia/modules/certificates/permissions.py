"""What people at a council may do with certificates, and the roles that may by default."""

from banksia.kit.actor import Permission

ORDERS_READ = Permission(
    "certificates.orders.read",
    "See certificate orders and the queue",
    roles=("certificate_officer", "counter_clerk", "finance_officer", "records_officer", "administrator"),
)
ORDERS_LODGE = Permission(
    "certificates.orders.lodge",
    "Lodge an order for a customer",
    roles=("counter_clerk", "certificate_officer", "administrator"),
)
PAYMENTS_TAKE = Permission(
    "certificates.payments.take",
    "Take payment for an order at the counter",
    roles=("counter_clerk", "administrator"),
)
LINES_PREPARE = Permission(
    "certificates.lines.prepare",
    "Take, draft and hold certificates",
    roles=("certificate_officer", "administrator"),
)
CERTIFICATES_ISSUE = Permission(
    "certificates.orders.issue",
    "Issue and replace certificates",
    roles=("certificate_officer", "administrator"),
)
MESSAGES_WRITE = Permission(
    "certificates.messages.write",
    "Write to customers about their orders",
    roles=("certificate_officer", "counter_clerk", "administrator"),
)
PRODUCTS_MANAGE = Permission(
    "certificates.products.manage",
    "Edit certificate products and fees",
    roles=("administrator",),
)

ALL = (ORDERS_READ, ORDERS_LODGE, PAYMENTS_TAKE, LINES_PREPARE, CERTIFICATES_ISSUE, MESSAGES_WRITE, PRODUCTS_MANAGE)
