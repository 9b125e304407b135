"""The queue of paid lines: what is late, what is next, and who does it."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import names_of, users_with_permission
from banksia.foundation.organisations.public import council_day, module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.modules.certificates.errors import LineNotFound
from banksia.modules.certificates.models import Certificate, OrderLine
from banksia.modules.certificates.permissions import LINES_PREPARE
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.lines import (
    MOST_COUNTED,
    count_of_views,
    is_open,
    line_with_id,
    lines_to_sort,
    views,
)
from banksia.modules.certificates.schemas.lines import (
    QueueCounts,
    QueueFilter,
    QueueLineRead,
    QueuePage,
    Sort,
    View,
)
from banksia.modules.certificates.schemas.officers import OfficerList, OfficerRead
from banksia.modules.certificates.schemas.teams import WantedTeam
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.teams import share_of
from banksia.modules.certificates.service.terms import having_words
from banksia.modules.certificates.service.working_days import local_day, working_days_left
from banksia.modules.certificates.settings import CertificatesSettings

SORTS = {
    "due": Key(OrderLine.due_on, "due_on"),
    "property": Key(OrderLine.address, "address"),
    "product": Key(OrderLine.product_code, "product_code"),
    "order": Key(OrderLine.order_number, "order_number"),
    "state": Key(OrderLine.state, "state"),
}


def list_lines(session: Session, actor: Actor, *, wanted: QueueFilter) -> QueuePage:
    """Return one page of a view; by due day, what is late comes first. Raises TeamNotFound."""
    lines = of_view(session, actor, wanted.view)
    share = share_of(session, actor, wanted.team)
    if wanted.view != "mine":
        lines = lines.where(share.of())
    if wanted.product:
        lines = lines.where(OrderLine.product_code == wanted.product)
    if wanted.state:
        lines = lines.where(OrderLine.state == wanted.state)
    if wanted.urgent is not None:
        lines = lines.where(OrderLine.urgent.is_(wanted.urgent))
    lines = having_words(session, lines, wanted.q)
    keys = _keys(wanted.view, wanted.sort)
    found, next_cursor = page_of(session, lines, keys=keys, limit=wanted.limit, cursor=wanted.cursor)
    return QueuePage(results=read_queue_lines(session, found), next_cursor=next_cursor)


def count_lines(session: Session, actor: Actor, *, team: WantedTeam = None) -> QueueCounts:
    """Count the lines of each view; raises TeamNotFound."""
    share = share_of(session, actor, team)
    today = council_day(session)
    counts = session.scalars(count_of_views(actor.organisation_id, actor.user_id, today, share.of)).one()
    return QueueCounts(
        **counts,
        most=MOST_COUNTED,
        team_name=", ".join(share.names) or module_settings(session, CertificatesSettings).team_name,
        counted_at=utc_now(),
    )


def find_line(session: Session, actor: Actor, line_id: uuid.UUID, *, lock: bool = False) -> OrderLine:
    """Return a line of the council with its order, locked when asked; raises LineNotFound."""
    statement = line_with_id(actor.organisation_id, line_id)
    if lock:
        statement = statement.with_for_update(of=OrderLine).execution_options(populate_existing=True)
    line = session.scalars(statement).one_or_none()
    if line is None:
        raise LineNotFound
    return line


def list_officers(session: Session) -> OfficerList:
    """Return everyone who prepares certificates."""
    officers = users_with_permission(session, LINES_PREPARE.name)
    return OfficerList(officers=[OfficerRead(id=user.id, name=user.name) for user in officers])


def read_queue_line(session: Session, line: OrderLine) -> QueueLineRead:
    """Return one line as the queue shows it."""
    return read_queue_lines(session, [line])[0]


def read_queue_lines(session: Session, lines: Sequence[OrderLine]) -> list[QueueLineRead]:
    """Return lines as the queue shows them, with a fixed number of queries."""
    if not lines:
        return []
    names = names_of(session, {line.assigned_to_id for line in lines if line.assigned_to_id})
    calendar = calendar_of(session)
    today = local_day(utc_now(), calendar.zone)
    numbers = _numbers(session, lines)
    return [
        QueueLineRead(
            id=line.id,
            order_id=line.order_id,
            order_number=line.order_number,
            property_id=line.property_id,
            address=line.address,
            parcel=line.parcel,
            product=line.product_code,
            product_title=line.product_snapshot["short_title"],
            customer_name=line.order.contact_name,
            firm_name=line.order.firm_name,
            reference=line.order.reference,
            urgent=line.urgent,
            state=line.state,
            due_on=line.due_on,
            cut_off=line.product_snapshot["cut_off"],
            working_days_left=working_days_left(calendar, today, line.due_on),
            clock_stopped=line.state == "on_hold",
            assigned_to_id=line.assigned_to_id,
            assigned_to_name=names.get(line.assigned_to_id) if line.assigned_to_id else None,
            issued_at=line.issued_at,
            certificate_number=numbers.get(line.id),
            customer_wrote_at=line.order.customer_wrote_at,
            mail_bounced_at=line.order.mail_bounced_at,
            collects=line.collects,
        )
        for line in lines
    ]


def _numbers(session: Session, lines: Sequence[OrderLine]) -> dict[uuid.UUID, str]:
    """The number of the newest certificate of each line that has one."""
    issued = [line.id for line in lines if line.issued_at]
    numbers: dict[uuid.UUID, str] = {}
    if issued:
        certificates: Sequence[Certificate] = session.scalars(
            certificates_of_lines(lines[0].organisation_id, issued)
        ).all()
        for certificate in certificates:
            numbers.setdefault(certificate.line_id, certificate.number)
    return numbers


def of_view(session: Session, actor: Actor, view: View) -> Select[OrderLine]:
    """The lines of a view."""
    lines = lines_to_sort(actor.organisation_id)
    if view == "issued":
        return lines.where(OrderLine.state == "issued")
    return lines.where(is_open(), views(actor.user_id, council_day(session))[view])


def _keys(view: View, sort: Sort) -> list[Key]:
    # What is issued has one state, and is due no more: the newest comes first.
    if view == "issued" and sort in ("due", "state"):
        return [Key(OrderLine.issued_at, "issued_at", descending=True), Key(OrderLine.id, "id", descending=True)]
    descending = sort.startswith("-")
    first = SORTS[sort.removeprefix("-")]
    chosen = Key(first.column, first.attribute, descending=descending)
    return [chosen, Key(OrderLine.id, "id", descending=descending)]
