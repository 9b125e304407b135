"""The way of an order to its customer, as staff follow it."""

import uuid

from banksia.foundation.notifications.public import MessageConfidential, MessageNotFound, MessageOnItsWay
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import OrderNotFound
from banksia.modules.certificates.errors.delivery import NoAddress, NoMailCameBack, NothingToHandOver
from banksia.modules.certificates.schemas.delivery import (
    DeliveryCounts,
    DeliveryRead,
    HandOver,
    MailAgain,
    ToldByPhone,
    WaitingLine,
)
from banksia.modules.certificates.service import delivery_log, handing_over, returned_mail
from banksia.modules.certificates.service.access import find_order

delivery = Router()


@delivery.get("/delivery/counts", permission=permissions.ORDERS_READ)
def count_delivery(session: SessionDep, actor: ActorDep) -> DeliveryCounts:
    """How many orders have mail that came back, and how many certificates wait at the counter."""
    return delivery_log.count_delivery(session, actor)


@delivery.get("/delivery/waiting", permission=permissions.ORDERS_LODGE)
def list_waiting(
    session: SessionDep, actor: ActorDep, limit: LimitParam = 50, cursor: CursorParam = None
) -> Page[WaitingLine]:
    """Certificates on paper that wait to be collected, what was issued first comes first."""
    return handing_over.list_waiting(session, actor, limit=limit, cursor=cursor)


@delivery.get("/orders/{order_id}/delivery", permission=permissions.ORDERS_READ, raises=[OrderNotFound])
def read_delivery(session: SessionDep, actor: ActorDep, order_id: uuid.UUID) -> DeliveryRead:
    """Each mail about an order with what became of it, downloads, and what was handed over."""
    return delivery_log.read_delivery(session, find_order(session, actor, order_id, None))


@delivery.post(
    "/orders/{order_id}/delivery/mail",
    permission=permissions.MESSAGES_WRITE,
    raises=[OrderNotFound, NoAddress, MessageNotFound, MessageOnItsWay, MessageConfidential],
)
def send_mail_again(session: SessionDep, actor: ActorDep, order_id: uuid.UUID, wanted: MailAgain) -> DeliveryRead:
    """Send a mail again, or a fresh link, to the order's address or to a corrected one."""
    order = find_order(session, actor, order_id, None, lock=True)
    return returned_mail.send_mail_again(session, actor, order=order, wanted=wanted)


@delivery.post(
    "/orders/{order_id}/delivery/told",
    permission=permissions.MESSAGES_WRITE,
    raises=[OrderNotFound, NoMailCameBack],
)
def note_told_by_phone(session: SessionDep, actor: ActorDep, order_id: uuid.UUID, told: ToldByPhone) -> DeliveryRead:
    """Note that a customer whose mail came back was told another way."""
    order = find_order(session, actor, order_id, None, lock=True)
    return returned_mail.note_told_by_phone(session, actor, order=order, note=told.note)


@delivery.post(
    "/orders/{order_id}/delivery/hand-over",
    permission=permissions.ORDERS_LODGE,
    raises=[OrderNotFound, NothingToHandOver],
)
def hand_over(session: SessionDep, actor: ActorDep, order_id: uuid.UUID, handed: HandOver) -> DeliveryRead:
    """Note who collected certificates at the counter."""
    order = find_order(session, actor, order_id, None, lock=True)
    return handing_over.hand_over(
        session, actor, order=order, line_ids=handed.line_ids, collected_by=handed.collected_by
    )
