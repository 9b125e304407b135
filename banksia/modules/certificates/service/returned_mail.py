"""Mail that came back is a task until it is sent again, or the customer is told another way."""

import re
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.notifications import public as notifications
from banksia.foundation.payments import public as payments
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.errors.delivery import NoAddress, NoMailCameBack
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.lines import terms_of_lines
from banksia.modules.certificates.queries.orders import line_ids_of, order_with_id
from banksia.modules.certificates.schemas.delivery import DeliveryRead, MailAgain
from banksia.modules.certificates.service.access import end_mailed_links, link_for_mail, link_start
from banksia.modules.certificates.service.delivery_log import note_step, read_delivery
from banksia.modules.certificates.service.mailing import mail_link
from banksia.modules.certificates.service.money import payer_of
from banksia.modules.certificates.service.order_writing import terms_of
from banksia.modules.certificates.service.terms import add_words
from banksia.modules.certificates.service.working import ORDER


def open_task(session: Session, event: notifications.MessageBounced) -> None:
    """Flag the order whose mail came back; mail to an address that was corrected meanwhile is only noted."""
    if event.about_kind != ORDER or event.about_id is None:
        return
    found = order_with_id(organisation_id_of(session), event.about_id).with_for_update(of=Order)
    order = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if order is None:
        return
    actor = Actor.system(order.organisation_id)
    address = notifications.get_message(session, event.message_id).to_address
    note_step(session, actor, order, "mail_bounced", mail_id=event.message_id, from_address=address, note=event.reason)
    if address == order.contact_email:
        order.mail_bounced_at = order.mail_bounced_at or utc_now()
    audit.record(session, actor, "certificates.mail_bounced", subject=order, detail={"number": order.number})


def send_mail_again(session: Session, actor: Actor, *, order: Order, wanted: MailAgain) -> DeliveryRead:
    """Send a mail about an order again, to its address or to a corrected one; without a mail, send a fresh link.

    Each carries a new link. The order is locked by the caller. Raises NoAddress, and what notifications raises:
    MessageNotFound, MessageOnItsWay.
    """
    if wanted.email and wanted.email.lower() != order.contact_email:
        _correct_address(session, actor, order, wanted.email.lower())
    if order.contact_email is None:
        raise NoAddress
    if wanted.mail_id:
        _repeat(session, actor, order, wanted.mail_id)
    else:
        mail_link(session, order)
    note_step(session, actor, order, "sent_again", mail_id=wanted.mail_id, to_address=order.contact_email)
    order.mail_bounced_at = None
    audit.record(session, actor, "certificates.mail_sent_again", subject=order, detail={"number": order.number})
    session.flush()
    return read_delivery(session, order)


def _repeat(session: Session, actor: Actor, order: Order, mail_id: uuid.UUID) -> None:
    """Send the same words with a new link in them."""
    mail = next((each for each in notifications.messages_about(session, order.payable) if each.id == mail_id), None)
    if mail is None:
        raise notifications.MessageNotFound
    link = link_for_mail(session, order, purpose="mail")
    old = re.search(re.escape(link_start(session, order)) + r"[\w-]+", mail.text)
    again = notifications.resend_message(
        session, actor, message_id=mail.id, to=order.contact_email, words={old.group(): link.url} if old else None
    )
    link.carried_by(again.id)


def _correct_address(session: Session, actor: Actor, order: Order, email: str) -> None:
    """Give the order another address everywhere; whoever got the mail before has no key to it any more."""
    before, order.contact_email = order.contact_email, email
    end_mailed_links(session, order)
    payments.change_payer(session, actor, payable=order.payable, payer=payer_of(session, order))
    for term in session.scalars(terms_of_lines(order.organisation_id, line_ids_of([order]))):
        session.delete(term)
    session.flush()
    for line in order.lines:
        session.add_all(terms_of(order, line))
    session.flush()
    lines = {line.id: line for line in order.lines}
    for certificate in session.scalars(certificates_of_lines(order.organisation_id, lines)):
        add_words(session, lines[certificate.line_id], certificate.number)
    note_step(session, actor, order, "address_changed", from_address=before, to_address=email)
    # Addresses stay in the step; the audit log, which nobody can thin out, says only that they changed.
    audit.record(session, actor, "certificates.address_changed", subject=order, detail={"number": order.number})


def note_told_by_phone(session: Session, actor: Actor, *, order: Order, note: str) -> DeliveryRead:
    """Close the task because somebody told the customer; the order is locked by the caller. Raises NoMailCameBack."""
    if order.mail_bounced_at is None:
        raise NoMailCameBack
    order.mail_bounced_at = None
    note_step(session, actor, order, "told_by_phone", note=note)
    audit.record(session, actor, "certificates.told_by_phone", subject=order, detail={"number": order.number})
    session.flush()
    return read_delivery(session, order)
