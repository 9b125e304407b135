"""Payments: what is owed, how it was paid, and the ledger of both. It knows nothing of what is sold."""

from banksia.foundation.payments import permissions, tasks
from banksia.foundation.payments.events import (
    PaymentDisputed,
    PaymentFailed,
    PaymentRefunded,
    PaymentReopened,
    PaymentSettled,
    ReceiptReady,
)
from banksia.foundation.payments.routes.accounts import account_routes
from banksia.foundation.payments.routes.checks import check_routes
from banksia.foundation.payments.routes.counter import counter
from banksia.foundation.payments.routes.payer import payer
from banksia.foundation.payments.routes.paying import paying
from banksia.foundation.payments.routes.provider import provider_routes
from banksia.foundation.payments.routes.receipts import receipts
from banksia.foundation.payments.routes.reconciliation import reconciliation_routes
from banksia.foundation.payments.routes.reports import report_routes
from banksia.foundation.payments.routes.staff import staff
from banksia.foundation.payments.routes.tills import tills
from banksia.foundation.payments.routes.webhooks import webhooks
from banksia.foundation.payments.service.checking import checks_widget
from banksia.foundation.payments.service.checks import CHECKS
from banksia.foundation.payments.service.reading import review_widget
from banksia.foundation.payments.settings import PaymentsSettings
from banksia.kit.module import Module, Navigation, Widget

module = Module(
    name="payments",
    title="Payments",
    version="0.1.0",
    kind="foundation",
    description="What is owed, how it was paid, refunds, receipts and the ledger.",
    depends_on=("organisations", "audit", "events", "storage", "notifications", "auth"),
    routers=(
        payer,
        paying,
        receipts,
        staff,
        provider_routes,
        reconciliation_routes,
        webhooks,
        account_routes,
        report_routes,
        check_routes,
        tills,
        counter,
    ),
    permissions=permissions.ALL,
    tasks=tasks.ALL,
    schedules=tasks.SCHEDULES,
    events=(PaymentDisputed, PaymentSettled, PaymentFailed, PaymentRefunded, PaymentReopened, ReceiptReady),
    settings=PaymentsSettings,
    widgets=(
        Widget("review", "Money to review", review_widget, permissions.REVIEW_RESOLVE),
        Widget("checks", "Checks of the books", checks_widget, permissions.CHECKS_RUN),
    ),
    checks=CHECKS,
    navigation=(
        Navigation("Till", "/payments/staff/till", permission=permissions.COUNTER_TAKE, group="Counter and money"),
        Navigation("Tills", "/payments/staff/tills", permission=permissions.TILLS_SUPERVISE, group="Counter and money"),
        Navigation(
            "Banking", "/payments/staff/bankings", permission=permissions.TILLS_SUPERVISE, group="Counter and money"
        ),
        Navigation(
            "Waivers", "/payments/staff/waivers", permission=permissions.WAIVERS_APPROVE, group="Counter and money"
        ),
        Navigation("Payments", "/payments/settings", "settings", permissions.SETTINGS_MANAGE),
        Navigation("Counters and tills", "/payments/settings/tills", "settings", permissions.TILLS_MANAGE),
        Navigation(
            "Money to review", "/payments/staff/review", permission=permissions.PAYMENTS_READ, group="Counter and money"
        ),
        Navigation(
            "Refunds", "/payments/staff/refunds", permission=permissions.PAYMENTS_READ, group="Counter and money"
        ),
        Navigation(
            "Disputes", "/payments/staff/disputes", permission=permissions.PAYMENTS_READ, group="Counter and money"
        ),
        Navigation(
            "Reconciliation",
            "/payments/staff/reconciliation",
            permission=permissions.RECONCILIATION_READ,
            group="Counter and money",
        ),
        Navigation("Online payments", "/payments/settings/provider", "settings", permissions.PROVIDER_MANAGE),
        Navigation("Ledger", "/payments/staff/ledger", permission=permissions.LEDGER_READ, group="Counter and money"),
        Navigation(
            "Accounts", "/payments/staff/accounts", permission=permissions.ACCOUNTS_READ, group="Counter and money"
        ),
        Navigation("Reports", "/payments/staff/reports", permission=permissions.LEDGER_READ, group="Counter and money"),
        Navigation(
            "Checks of the books",
            "/payments/staff/checks",
            permission=permissions.CHECKS_RUN,
            group="Counter and money",
        ),
        Navigation("General-ledger codes", "/payments/settings/gl-codes", "settings", permissions.GL_CODES_MANAGE),
    ),
)
