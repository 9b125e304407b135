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
ORDERS_CANCEL = Permission(
    "certificates.orders.cancel",
    "Cancel a paid order and refund it by the council's rules",
    roles=("certificate_officer", "finance_officer", "administrator"),
)
PRODUCTS_MANAGE = Permission(
    "certificates.products.manage",
    "Edit certificate products and fees",
    roles=("administrator",),
)
TEMPLATES_MANAGE = Permission(
    "certificates.templates.manage",
    "Edit and publish certificate templates",
    roles=("administrator",),
)
SIGNING_MANAGE = Permission(
    "certificates.signing.manage",
    "Keep the certificate that signs the council's documents",
    roles=("administrator",),
)
OWN_ORDERS_READ = Permission(
    "certificates.own_orders.read",
    "Read your orders and the messages about them",
    roles=("customer",),
    for_tokens=True,
)
OWN_ORDERS_PLACE = Permission(
    "certificates.own_orders.place",
    "Place, pay and cancel orders, and write to council about them",
    roles=("customer",),
    for_tokens=True,
)
OWN_CERTIFICATES_DOWNLOAD = Permission(
    "certificates.own_certificates.download",
    "Download your certificates",
    roles=("customer",),
    for_tokens=True,
)
REPORTS_READ = Permission(
    "certificates.reports.read",
    "See reports about certificates",
    roles=("certificate_officer", "finance_officer", "administrator"),
)
FILTERS_SHARE = Permission(
    "certificates.filters.share",
    "Share saved filters with the team",
    roles=("certificate_officer", "administrator"),
)
CALENDAR_MANAGE = Permission(
    "certificates.calendar.manage",
    "Edit the council's closed days",
    roles=("administrator",),
)

ALL = (
    ORDERS_READ,
    ORDERS_LODGE,
    PAYMENTS_TAKE,
    LINES_PREPARE,
    CERTIFICATES_ISSUE,
    MESSAGES_WRITE,
    ORDERS_CANCEL,
    PRODUCTS_MANAGE,
    REPORTS_READ,
    FILTERS_SHARE,
    CALENDAR_MANAGE,
    TEMPLATES_MANAGE,
    SIGNING_MANAGE,
    OWN_ORDERS_READ,
    OWN_ORDERS_PLACE,
    OWN_CERTIFICATES_DOWNLOAD,
)
