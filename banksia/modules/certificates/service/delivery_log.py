"""The log of an order's way to its customer: each mail with what became of it, and every other step."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.notifications.public import Message, messages_about
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.models import DeliveryStep, DeliveryStepKind, Order
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.delivery import MOST_COUNTED, count_of_delivery, steps_of
from banksia.modules.certificates.queries.orders import line_ids_of, tokens_of_order
from banksia.modules.certificates.schemas.delivery import (
    DeliveryCounts,
    DeliveryRead,
    DeliveryStepRead,
    DownloadRead,
    MailRead,
)

MOST_ENTRIES = 500
"""Of what was done with the certificates of one order; a hundred downloads are shown of a hundred certificates."""
DOWNLOADED = "certificates.certificate_downloaded"


def read_delivery(session: Session, order: Order) -> DeliveryRead:
    """Return everything about the way of an order to its customer, the newest first."""
    tokens = session.scalars(tokens_of_order(order.organisation_id, order.id))
    opened = {token.mail_id: token for token in tokens if token.mail_id and token.opened_at}
    steps = session.scalars(steps_of(order.organisation_id, order.id)).all()
    return DeliveryRead(
        email=order.contact_email,
        mail_bounced_at=order.mail_bounced_at,
        mails=[
            _read_mail(mail, opened[mail.id].opened_at if mail.id in opened else None)
            for mail in messages_about(session, order.payable)
        ],
        steps=[DeliveryStepRead.of(step, at=step.created_at) for step in reversed(steps)],
        downloads=_downloads(session, order),
    )


def note_step(session: Session, actor: Actor, order: Order, kind: DeliveryStepKind, **said: object) -> None:
    """Write down one step."""
    session.add(
        DeliveryStep(
            id=new_id(),
            organisation_id=order.organisation_id,
            order_id=order.id,
            kind=kind,
            actor_id=actor.user_id,
            actor_name=actor.name,
            **said,
        )
    )


def count_delivery(session: Session, actor: Actor) -> DeliveryCounts:
    """Count what somebody has to do about the way to customers."""
    came_back, waiting = session.execute(count_of_delivery(actor.organisation_id)).one()
    return DeliveryCounts(mail_came_back=came_back, to_hand_over=waiting, most=MOST_COUNTED)


def _read_mail(mail: Message, opened_at: object) -> MailRead:
    return MailRead.of(
        mail,
        written_at=mail.created_at,
        opened_at=opened_at,
        attachments=[each["file_name"] for each in mail.attachments],
        is_repeat=mail.resend_of_id is not None,
    )


def _downloads(session: Session, order: Order) -> list[DownloadRead]:
    found = session.scalars(certificates_of_lines(order.organisation_id, line_ids_of([order])))
    numbers: dict[uuid.UUID, str] = {certificate.id: certificate.number for certificate in found}
    if not numbers:
        return []
    downloads = [
        DownloadRead(
            number=numbers[entry.subject_id],
            at=entry.occurred_at,
            actor_name=entry.actor_name,
            by_staff=entry.actor_kind not in ("guest", "customer"),
        )
        for entry in audit.entries_about(session, numbers, limit=MOST_ENTRIES)
        if entry.subject_id and entry.action == DOWNLOADED
    ]
    return downloads[::-1]
