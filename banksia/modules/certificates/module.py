"""Building and property certificates: order, pay, issue, deliver."""

from banksia.kit.module import Module, Navigation, Widget
from banksia.modules.certificates import permissions, routes, tasks
from banksia.modules.certificates.events import CertificateIssued
from banksia.modules.certificates.service.checks import CHECKS
from banksia.modules.certificates.service.contributing import orders_of_property
from banksia.modules.certificates.service.dashboard import queue_widget
from banksia.modules.certificates.service.default_catalogue import seed_catalogue
from banksia.modules.certificates.service.disputes import show_what_was_delivered
from banksia.modules.certificates.service.working import expire_order, pause_work, start_work, stop_work
from banksia.modules.certificates.settings import CertificatesSettings

module = Module(
    name="certificates",
    title="Certificates",
    version="0.1.0",
    kind="workflow",
    description="Property certificates: order, pay, issue, deliver.",
    depends_on=("property",),
    routers=(routes.customer, routes.messages, routes.staff, routes.settings),
    permissions=permissions.ALL,
    tasks=(tasks.finish_issuing,),
    events=(CertificateIssued,),
    listens={
        "payments.payment_settled": start_work,
        "payments.payment_failed": expire_order,
        "payments.payment_refunded": stop_work,
        "payments.payment_reopened": pause_work,
        "payments.payment_disputed": show_what_was_delivered,
    },
    settings=CertificatesSettings,
    navigation=(
        Navigation("Order a certificate", "/certificates/customer", "customer"),
        Navigation("Certificates", "/certificates/staff", "staff", permissions.ORDERS_READ, "work"),
        Navigation("Counter", "/certificates/staff/counter", "staff", permissions.ORDERS_LODGE, "counter"),
        Navigation("Products and fees", "/certificates/settings/products", "settings", permissions.PRODUCTS_MANAGE),
    ),
    widgets=(
        Widget("queue", "Certificate queue", queue_widget, permissions.ORDERS_READ),
        Widget("orders", "Orders", orders_of_property, permissions.ORDERS_READ, place="property"),
    ),
    checks=CHECKS,
    on_enabled=seed_catalogue,
)
