"""The queue of paid lines: what is late, what is next, and who does it."""

import uuid
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import names_of, users_with_permission
from banksia.foundation.organisations.public import module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.paging import Key, page_of
from banksia.modules.certificates.errors import IssueInProgress, LineNotFound, OfficerNotFound, TransitionRefused
from banksia.modules.certificates.models import Certificate, OrderLine
from banksia.modules.certificates.permissions import LINES_PREPARE
from banksia.modules.certificates.queries.certificates import certificates_of_lines, open_issuance
from banksia.modules.certificates.queries.lines import (
    MOST_COUNTED,
    count_of_views,
    is_being_issued,
    is_open,
    line_with_id,
    lines_to_sort,
    lines_with_ids,
    views,
)
from banksia.modules.certificates.schemas.lines import (
    LineRefused,
    LinesAssigned,
    NextLine,
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
from banksia.modules.certificates.service.states import move
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
    lines = _of_view(actor, wanted.view)
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
    today = local_day(utc_now())
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


def assign_line(session: Session, actor: Actor, *, line_id: uuid.UUID, officer_id: uuid.UUID | None) -> QueueLineRead:
    """Give a line to an officer, or back to the queue.

    Raises TransitionRefused, OfficerNotFound and IssueInProgress.
    """
    line = find_line(session, actor, line_id, lock=True)
    _expect_officer(session, officer_id)
    _assign(session, actor, line, officer_id)
    session.flush()
    return read_queue_line(session, line)


def assign_lines(
    session: Session, actor: Actor, *, line_ids: Sequence[uuid.UUID], officer_id: uuid.UUID | None
) -> LinesAssigned:
    """Give several lines to an officer, or back to the queue; those that cannot be are told, and stop no other.

    Raises OfficerNotFound. A line that is not there is told like one whose state does not allow it.
    """
    _expect_officer(session, officer_id)
    statement = lines_with_ids(actor.organisation_id, line_ids).with_for_update(of=OrderLine)
    lines = {line.id: line for line in session.scalars(statement.execution_options(populate_existing=True))}
    answer = LinesAssigned(assigned=[], refused=[])
    for line_id in dict.fromkeys(line_ids):
        line = lines.get(line_id)
        refusal = _refusal(session, actor, line, officer_id)
        if refusal:
            address = line.address if line else ""
            answer.refused.append(LineRefused(line_id=line_id, address=address, reason=refusal))
        else:
            answer.assigned.append(line_id)
    session.flush()
    return answer


def _refusal(session: Session, actor: Actor, line: OrderLine | None, officer_id: uuid.UUID | None) -> str | None:
    """Assign a line, or say why it cannot be."""
    if line is None:
        return LineNotFound().detail
    try:
        _assign(session, actor, line, officer_id)
    except (TransitionRefused, IssueInProgress) as refusal:
        return refusal.detail
    return None


def _expect_officer(session: Session, officer_id: uuid.UUID | None) -> None:
    officers = users_with_permission(session, LINES_PREPARE.name)
    if officer_id is not None and officer_id not in {user.id for user in officers}:
        raise OfficerNotFound


def _assign(session: Session, actor: Actor, line: OrderLine, officer_id: uuid.UUID | None) -> None:
    issuance = session.scalar(open_issuance(line.organisation_id, line.id))
    if issuance:
        raise IssueInProgress(issuance.number)
    move(session, actor, line, "give back" if officer_id is None else "take")
    line.assigned_to_id = officer_id
    audit.record(session, actor, "certificates.line_assigned", subject=line, detail={"officer_id": officer_id})


def list_officers(session: Session) -> OfficerList:
    """Return everyone who prepares certificates."""
    officers = users_with_permission(session, LINES_PREPARE.name)
    return OfficerList(officers=[OfficerRead(id=user.id, name=user.name) for user in officers])


def next_line(session: Session, actor: Actor) -> NextLine:
    """Take the most urgent line that nobody has of the officer's share, after what they have begun; null when none."""
    begun = session.scalars(_of_view(actor, "mine").order_by(OrderLine.due_on, OrderLine.id).limit(1)).first()
    if begun:
        if begun.state == "queued":
            assign_line(session, actor, line_id=begun.id, officer_id=actor.user_id)
        return NextLine(line_id=begun.id)
    waiting = _of_view(actor, "unassigned").with_for_update(of=OrderLine, skip_locked=True)
    waiting = (
        waiting.where(share_of(session, actor, None).of(), ~is_being_issued())
        .order_by(OrderLine.due_on, OrderLine.id)
        .limit(1)
    )
    while line := session.scalars(waiting).first():
        with suppress(IssueInProgress):
            assign_line(session, actor, line_id=line.id, officer_id=actor.user_id)
            return NextLine(line_id=line.id)
        waiting = waiting.where(OrderLine.id != line.id)
    return NextLine(line_id=None)


def read_queue_line(session: Session, line: OrderLine) -> QueueLineRead:
    """Return one line as the queue shows it."""
    return read_queue_lines(session, [line])[0]


def read_queue_lines(session: Session, lines: Sequence[OrderLine]) -> list[QueueLineRead]:
    """Return lines as the queue shows them, with a fixed number of queries."""
    if not lines:
        return []
    names = names_of(session, {line.assigned_to_id for line in lines if line.assigned_to_id})
    calendar, today = calendar_of(session), local_day(utc_now())
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


def _of_view(actor: Actor, view: View) -> Select[OrderLine]:
    lines = lines_to_sort(actor.organisation_id)
    if view == "issued":
        return lines.where(OrderLine.state == "issued")
    return lines.where(is_open(), views(actor.user_id, local_day(utc_now()))[view])


def _keys(view: View, sort: Sort) -> list[Key]:
    # What is issued has one state, and is due no more: the newest comes first.
    if view == "issued" and sort in ("due", "state"):
        return [Key(OrderLine.issued_at, "issued_at", descending=True), Key(OrderLine.id, "id", descending=True)]
    descending = sort.startswith("-")
    first = SORTS[sort.removeprefix("-")]
    chosen = Key(first.column, first.attribute, descending=descending)
    return [chosen, Key(OrderLine.id, "id", descending=descending)]
