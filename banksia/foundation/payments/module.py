"""Payments: what is owed, how it was paid, and the ledger of both. It knows nothing of what is sold."""

from banksia.foundation.payments import permissions, tasks
from banksia.foundation.payments.events import PaymentFailed, PaymentRefunded, PaymentSettled, ReceiptReady
from banksia.foundation.payments.routes.payer import payer
from banksia.foundation.payments.routes.staff import staff
from banksia.foundation.payments.routes.webhooks import webhooks
from banksia.foundation.payments.service.reading import review_widget
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.module import Module, Navigation, Widget

module = Module(
    name="payments",
    title="Payments",
    version="0.1.0",
    kind="foundation",
    description="What is owed, how it was paid, refunds, receipts and the ledger.",
    depends_on=("organisations", "audit", "events", "storage", "notifications"),
    routers=(payer, staff, webhooks),
    permissions=permissions.ALL,
    tasks=tasks.ALL,
    schedules=tasks.SCHEDULES,
    events=(PaymentSettled, PaymentFailed, PaymentRefunded, ReceiptReady),
    settings=PaymentsSettings,
    widgets=(Widget("review", "Money to review", review_widget, permissions.REVIEW_RESOLVE),),
    navigation=(
        Navigation(
            "Money to review", "/payments/staff/review", permission=permissions.PAYMENTS_READ, group="Counter and money"
        ),
        Navigation(
            "Refunds", "/payments/staff/refunds", permission=permissions.PAYMENTS_READ, group="Counter and money"
        ),
        Navigation("Ledger", "/payments/staff/ledger", permission=permissions.LEDGER_READ, group="Counter and money"),
    ),
)
