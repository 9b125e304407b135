"""Certificates on paper: what waits at the counter, and who took it."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page
from banksia.modules.certificates.errors.delivery import NothingToHandOver
from banksia.modules.certificates.models import Order, OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.delivery import lines_to_hand_over
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.schemas.delivery import DeliveryRead, WaitingLine
from banksia.modules.certificates.service.delivery_log import note_step, read_delivery


def list_waiting(session: Session, actor: Actor, *, limit: int, cursor: str | None) -> Page[WaitingLine]:
    """Return the certificates that wait to be collected, what was issued first comes first."""
    keys = [Key(OrderLine.issued_at, "issued_at"), Key(OrderLine.id, "id")]
    waiting = lines_to_hand_over(actor.organisation_id)
    found, next_cursor = page_of(session, waiting, keys=keys, limit=limit, cursor=cursor)
    numbers = _numbers(session, actor, [line.id for line in found])
    return Page(
        results=[
            WaitingLine.of(
                line,
                line_id=line.id,
                customer_name=line.order.contact_name,
                phone=line.order.contact_phone,
                reference=line.order.reference,
                title=line.product_title,
                certificate_number=numbers[line.id],
            )
            for line in found
        ],
        next_cursor=next_cursor,
    )


def hand_over(
    session: Session, actor: Actor, *, order: Order, line_ids: Sequence[uuid.UUID], collected_by: str
) -> DeliveryRead:
    """Note who collected which certificates of an order; all of them or none. Raises NothingToHandOver."""
    locked = lines_of_order(order.organisation_id, order.id).with_for_update(of=OrderLine)
    lines = {line.id: line for line in session.scalars(locked.execution_options(populate_existing=True))}
    wanted = [lines.get(line_id) for line_id in dict.fromkeys(line_ids)]
    numbers = _numbers(session, actor, list(lines))
    taken = []
    for line in wanted:
        if line is None or line.state != "issued" or not line.collects or line.collected_at:
            raise NothingToHandOver(line.product_title if line else "This certificate")
        line.collected_at = utc_now()
        taken.append(numbers[line.id])
    note_step(session, actor, order, "handed_over", note=f"{', '.join(taken)}, to {collected_by}")
    detail = {"numbers": taken}
    audit.record(session, actor, "certificates.handed_over", subject=order, detail=detail)
    session.flush()
    return read_delivery(session, order)


def _numbers(session: Session, actor: Actor, line_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The number of each line's certificate that is in force."""
    numbers: dict[uuid.UUID, str] = {}
    for certificate in session.scalars(certificates_of_lines(actor.organisation_id, line_ids)):
        numbers.setdefault(certificate.line_id, certificate.number)
    return numbers
