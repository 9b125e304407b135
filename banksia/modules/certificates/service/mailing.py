"""Mail to the customer of an order; each carries a link of its own that opens the order."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import owner_emails
from banksia.foundation.notifications.public import Attachment, send_mail
from banksia.foundation.organisations.public import council_url, module_settings
from banksia.foundation.payments import public as payments
from banksia.modules.certificates.models import Certificate, LineUpgrade, Message, Order, OrderLine
from banksia.modules.certificates.service.access import belongs_to_who_left, link_for_mail, order_path
from banksia.modules.certificates.service.reading import file_name
from banksia.modules.certificates.settings import CertificatesSettings

LARGEST_ATTACHED = 10 * 1024 * 1024
"""Bytes of a PDF that goes with its mail; mail servers refuse larger ones, so those go as a link."""


def mail_about_line(session: Session, line: OrderLine, template: str, *, asked_at: datetime.datetime) -> None:
    """Tell the customer what happened to one certificate of the order, unless there is no address."""
    key = f"certificates.{template}:{line.id}:{asked_at.isoformat()}"
    _send(session, line.order, template, key, {"title": line.product_title, "line": line, "reason": line.reason})


def mail_about_order(session: Session, order: Order, template: str, *, since: datetime.datetime) -> None:
    """Tell the customer what happened to the order as a whole, unless there is no address."""
    _send(session, order, template, f"certificates.{template}:{order.id}:{since.isoformat()}", {})


def mail_about_upgrade(session: Session, order: Order, upgrade: LineUpgrade, *, since: datetime.datetime) -> None:
    """Tell the customer that the difference for an upgrade is owed again, with the page on which it is paid."""
    money = payments.money_of(session, [upgrade.payable])[upgrade.payable]
    context = {
        "title": upgrade.title,
        "owed_cents": money.total_cents - money.paid_cents,
        "pay_link": council_url(session, payments.pay_pages_of(session, upgrade.payable).payer),
    }
    _send(session, order, "upgrade_unpaid", f"certificates.upgrade_unpaid:{upgrade.id}:{since.isoformat()}", context)


def mail_certificate(session: Session, certificate: Certificate, line: OrderLine, replaced: str | None) -> None:
    """Tell the customer that a certificate is ready, once for each; the PDF goes along if council says so."""
    key = f"certificates.certificate_ready:{certificate.id}"
    attached = (
        module_settings(session, CertificatesSettings).attach_certificates
        and certificate.size_bytes <= LARGEST_ATTACHED
    )
    context = {
        "title": line.product_title,
        "line": line,
        "certificate": certificate,
        "replaced": replaced,
        "attached": attached,
    }
    files = [Attachment(certificate.object_id, file_name(line.order, certificate))] if attached else []
    _send(session, line.order, "certificate_ready", key, context, files)


def mail_message(session: Session, order: Order, message: Message) -> None:
    """Tell the customer that council wrote, with what it wrote."""
    key = f"certificates.message:{message.id}"
    _send(session, order, "message", key, {"author": message.author_name, "message": message.text})


def mail_link(session: Session, order: Order) -> None:
    """Mail a fresh link to the order to the address that it carries."""
    _send(session, order, "order_link", None, {"number": order.number})


def _send(
    session: Session,
    order: Order,
    template: str,
    key: str | None,
    context: dict[str, Any],
    files: Sequence[Attachment] = (),
) -> None:
    if order.contact_email is None:
        return
    if order.firm_id is not None and belongs_to_who_left(session, order):
        _send_to_owners(session, order, order.firm_id, template, key, context)
        return
    link = link_for_mail(session, order, purpose="mail")
    mail = send_mail(
        session,
        template=f"certificates/{template}",
        to=order.contact_email,
        context={"name": order.contact_name, "order": order, "link": link.url, **context},
        attachments=files,
        dedupe_key=key,
        about=order.payable,
    )
    link.carried_by(mail.id)


def _send_to_owners(
    session: Session, order: Order, firm_id: uuid.UUID, template: str, key: str | None, context: dict[str, Any]
) -> None:
    """Tell those who own the firm what would have gone to somebody who left it; they sign in to see the order."""
    for email in owner_emails(session, firm_id):
        send_mail(
            session,
            template=f"certificates/{template}",
            to=email,
            context={
                "name": order.firm_name,
                "order": order,
                "link": council_url(session, order_path(order)),
                **context,
            },
            dedupe_key=f"{key}:{email}" if key else None,
            about=order.payable,
        )
