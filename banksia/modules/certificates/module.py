"""Building and property certificates: order, pay, issue, deliver."""

from banksia.kit.module import Module, Navigation, Widget
from banksia.modules.certificates import permissions, routes, tasks
from banksia.modules.certificates.events import CertificateIssued
from banksia.modules.certificates.service.beginning import begin
from banksia.modules.certificates.service.checks import CHECKS
from banksia.modules.certificates.service.contributing import orders_of_property
from banksia.modules.certificates.service.dashboard import queue_widget
from banksia.modules.certificates.service.disputes import show_what_was_delivered
from banksia.modules.certificates.service.returned_mail import open_task
from banksia.modules.certificates.service.telling import WEBHOOKS
from banksia.modules.certificates.service.working import expire_order, pause_work, start_work, stop_work
from banksia.modules.certificates.settings import CertificatesSettings

module = Module(
    name="certificates",
    title="Certificates",
    version="0.1.0",
    kind="workflow",
    description="Property certificates: order, pay, issue, deliver.",
    depends_on=("property",),
    routers=(
        routes.baskets,
        routes.customer,
        routes.changing,
        routes.verifying,
        routes.messages,
        routes.delivery,
        routes.staff,
        routes.attaching,
        routes.batches,
        routes.saved_filters,
        routes.reports,
        routes.calendar,
        routes.settings,
        routes.signing,
        routes.standard_answers,
        routes.straight_through,
        routes.teams,
        routes.templates,
    ),
    permissions=permissions.ALL,
    tasks=(tasks.finish_issuing, tasks.issue_without_officer, tasks.issue_batch, tasks.mail_waiting_order),
    events=(CertificateIssued,),
    listens={
        "payments.payment_settled": start_work,
        "payments.payment_failed": expire_order,
        "payments.payment_refunded": stop_work,
        "payments.payment_reopened": pause_work,
        "payments.payment_disputed": show_what_was_delivered,
        "notifications.message_bounced": open_task,
    },
    webhooks=WEBHOOKS,
    settings=CertificatesSettings,
    navigation=(
        Navigation("Track an order", "/certificates/customer/track", "customer"),
        Navigation("Check a certificate", "/certificates/customer/verify", "customer"),
        Navigation("Help", "/certificates/customer/help", "customer"),
        Navigation("Certificates", "/certificates/staff", "staff", permissions.ORDERS_READ, "work"),
        Navigation("Orders", "/certificates/staff/orders", "staff", permissions.ORDERS_READ, "work"),
        Navigation("Counter", "/certificates/staff/counter", "staff", permissions.ORDERS_LODGE, "counter"),
        Navigation("To hand over", "/certificates/staff/waiting", "staff", permissions.ORDERS_LODGE, "counter"),
        Navigation("Certificate reports", "/certificates/staff/reports", "staff", permissions.REPORTS_READ, "work"),
        Navigation("Certificates and fees", "/certificates/settings/products", "settings", permissions.PRODUCTS_MANAGE),
        Navigation(
            "Certificate templates", "/certificates/settings/templates", "settings", permissions.TEMPLATES_MANAGE
        ),
        Navigation(
            "Standard answers", "/certificates/settings/standard-answers", "settings", permissions.TEMPLATES_MANAGE
        ),
        Navigation("Signing certificate", "/certificates/settings/signing", "settings", permissions.SIGNING_MANAGE),
        Navigation("Teams", "/certificates/settings/teams", "settings", permissions.PRODUCTS_MANAGE),
        Navigation("Working days", "/certificates/settings/calendar", "settings", permissions.CALENDAR_MANAGE),
        Navigation(
            "Issue without an officer",
            "/certificates/settings/straight-through",
            "settings",
            permissions.PRODUCTS_MANAGE,
        ),
    ),
    widgets=(
        Widget("queue", "Certificate queue", queue_widget, permissions.ORDERS_READ),
        Widget("orders", "Orders", orders_of_property, permissions.ORDERS_READ, place="property"),
    ),
    checks=CHECKS,
    on_enabled=begin,
)
