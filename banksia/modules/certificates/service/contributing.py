"""What certificates tell of a property on its page."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_zone
from banksia.kit.actor import Actor
from banksia.modules.certificates.models import FINISHED_STATES, LineState, OrderLine
from banksia.modules.certificates.queries.lines import count_of_property, newest_of_property
from banksia.modules.certificates.service.queue import read_queue_lines
from banksia.modules.certificates.service.working_days import local_day

SHOWN = 5
STATUSES: dict[LineState, str] = {
    "awaiting_payment": "Awaiting payment",
    "queued": "Queued",
    "assigned": "Being prepared",
    "drafted": "Drafted",
    "to_check": "To check",
    "checked": "Checked",
    "on_hold": "On hold",
    "issued": "Issued",
    "cannot_issue": "Cannot issue",
    "cancelled": "Cancelled",
}


def orders_of_property(session: Session, actor: Actor, *, property_id: uuid.UUID) -> dict[str, Any]:
    """The last certificates that were ordered for a property, each with its state and when it is due or was issued."""
    organisation_id = actor.organisation_id
    count = session.scalars(count_of_property(organisation_id, property_id)).one()
    lines = list(session.scalars(newest_of_property(organisation_id, property_id).limit(SHOWN)))
    numbers = {read.id: read.certificate_number for read in read_queue_lines(session, lines)}
    zone = council_zone(session)
    return {
        "title": "Orders",
        "summary": f"{count} certificate{'' if count == 1 else 's'} ordered",
        "href": "/certificates/staff/orders",
        "count": count,
        "lines": [_line(line, numbers.get(line.id), zone) for line in lines],
    }


def _line(line: OrderLine, number: str | None, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "title": line.product_title,
        "detail": _detail(line, number, zone),
        "href": f"/certificates/staff/lines/{line.id}",
        "status": STATUSES[line.state],
    }


def _detail(line: OrderLine, number: str | None, zone: ZoneInfo) -> str:
    if line.issued_at is not None and number:
        day = local_day(line.issued_at, zone)
        return f"{number}, {day.day} {day:%b %Y}"
    counter = ", at the counter" if line.order.channel == "counter" else ""
    if line.state in FINISHED_STATES or line.state == "awaiting_payment":
        return f"{line.order_number}{counter}"
    return f"{line.order_number}{counter}, due {line.due_on.day} {line.due_on:%b %Y}"
