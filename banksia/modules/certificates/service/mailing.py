"""Mail to the customer of an order; each carries a link of its own that opens the order."""

import datetime
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.notifications.public import send_mail
from banksia.modules.certificates.models import Certificate, Message, Order, OrderLine
from banksia.modules.certificates.service.access import order_link


def mail_about_line(session: Session, line: OrderLine, template: str, *, asked_at: datetime.datetime) -> None:
    """Tell the customer what happened to one certificate of the order, unless there is no address."""
    key = f"certificates.{template}:{line.id}:{asked_at.isoformat()}"
    _send(session, line.order, template, key, {"title": line.product_title, "line": line, "reason": line.reason})


def mail_about_order(session: Session, order: Order, template: str, *, since: datetime.datetime) -> None:
    """Tell the customer what happened to the order as a whole, unless there is no address."""
    _send(session, order, template, f"certificates.{template}:{order.id}:{since.isoformat()}", {})


def mail_certificate(session: Session, certificate: Certificate, line: OrderLine, replaced: str | None) -> None:
    """Tell the customer that a certificate is ready, once for each certificate."""
    key = f"certificates.certificate_ready:{certificate.id}"
    context = {"title": line.product_title, "line": line, "certificate": certificate, "replaced": replaced}
    _send(session, line.order, "certificate_ready", key, context)


def mail_message(session: Session, order: Order, message: Message) -> None:
    """Tell the customer that council wrote, with what it wrote."""
    key = f"certificates.message:{message.id}"
    _send(session, order, "message", key, {"author": message.author_name, "message": message.text})


def _send(session: Session, order: Order, template: str, key: str, context: dict[str, Any]) -> None:
    if order.contact_email is None:
        return
    send_mail(
        session,
        template=f"certificates/{template}",
        to=order.contact_email,
        context={
            "name": order.contact_name,
            "order": order,
            "link": order_link(session, order, purpose="mail"),
            **context,
        },
        dedupe_key=key,
    )
