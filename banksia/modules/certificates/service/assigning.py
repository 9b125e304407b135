"""Who does a line: taken, given to another, given back, or the most urgent one that nobody has."""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import EllipsisType, MappingProxyType

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import names_of, users_with_permission
from banksia.foundation.organisations.public import council_zone
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.words import day_in_words
from banksia.modules.certificates.errors import IssueInProgress, LineNotFound, OfficerNotFound, TransitionRefused
from banksia.modules.certificates.errors.acting import OfficerChanged
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.permissions import LINES_PREPARE
from banksia.modules.certificates.queries.certificates import open_issuance
from banksia.modules.certificates.queries.lines import is_being_issued, lines_with_ids
from banksia.modules.certificates.schemas.acting import LineRefused, LinesAssigned
from banksia.modules.certificates.schemas.lines import NextLine, QueueLineRead
from banksia.modules.certificates.service.queue import find_line, of_view, read_queue_line
from banksia.modules.certificates.service.states import move
from banksia.modules.certificates.service.steps import steps_of_line
from banksia.modules.certificates.service.teams import share_of
from banksia.modules.certificates.service.working_days import local_day, local_time


def assign_line(
    session: Session,
    actor: Actor,
    *,
    line_id: uuid.UUID,
    officer_id: uuid.UUID | None,
    seen_officer_id: uuid.UUID | EllipsisType | None = ...,
) -> QueueLineRead:
    """Give a line to an officer, or back to the queue.

    `seen_officer_id` is who had it when it was read; left out, whoever has it loses it. Raises TransitionRefused,
    OfficerNotFound, OfficerChanged and IssueInProgress.
    """
    line = find_line(session, actor, line_id, lock=True)
    _expect_officer(session, officer_id)
    _expect_seen(session, line, officer_id, seen_officer_id)
    _assign(session, actor, line, officer_id)
    session.flush()
    return read_queue_line(session, line)


def assign_lines(
    session: Session,
    actor: Actor,
    *,
    line_ids: Sequence[uuid.UUID],
    officer_id: uuid.UUID | None,
    seen: Mapping[uuid.UUID, uuid.UUID | None] = MappingProxyType({}),
) -> LinesAssigned:
    """Give several lines to an officer, or back to the queue; those that cannot be are told, and stop no other.

    `seen` tells who had each when it was read: what somebody else took meanwhile is theirs. Raises OfficerNotFound. A
    line that is not there is told like one whose state does not allow it.
    """
    _expect_officer(session, officer_id)
    statement = lines_with_ids(actor.organisation_id, line_ids).with_for_update(of=OrderLine)
    lines = {line.id: line for line in session.scalars(statement.execution_options(populate_existing=True))}
    answer = LinesAssigned(assigned=[], refused=[])
    for line_id in dict.fromkeys(line_ids):
        line = lines.get(line_id)
        refusal = _refusal(session, actor, line, officer_id, seen.get(line_id, ...))
        if refusal:
            address = line.address if line else ""
            answer.refused.append(LineRefused(line_id=line_id, address=address, reason=refusal))
        else:
            answer.assigned.append(line_id)
    session.flush()
    return answer


def _refusal(
    session: Session,
    actor: Actor,
    line: OrderLine | None,
    officer_id: uuid.UUID | None,
    seen_officer_id: uuid.UUID | EllipsisType | None,
) -> str | None:
    """Assign a line, or say why it cannot be."""
    if line is None:
        return LineNotFound().detail
    try:
        _expect_seen(session, line, officer_id, seen_officer_id)
        _assign(session, actor, line, officer_id)
    except (TransitionRefused, IssueInProgress, OfficerChanged) as refusal:
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


def _expect_seen(
    session: Session,
    line: OrderLine,
    officer_id: uuid.UUID | None,
    seen_officer_id: uuid.UUID | EllipsisType | None,
) -> None:
    """Raise OfficerChanged when somebody else has the line than was seen; done again by the same, it is nothing."""
    if seen_officer_id is ... or line.assigned_to_id in (seen_officer_id, officer_id):
        return
    raise OfficerChanged(_how_changed(session, line), line.assigned_to_id)


def _how_changed(session: Session, line: OrderLine) -> str:
    """`Priya Nair took this at 7:44 am.`, with the day when that is over."""
    taken = [
        step
        for step in steps_of_line(session, line)
        if step.from_state == "issued"
        or (step.note is None and step.to_state in ("assigned", "queued", step.from_state))
    ]
    has = line.assigned_to_id
    if not taken:
        return "Somebody else changed who does this. Reload the page."
    last = taken[-1]
    zone = council_zone(session)
    at, day = local_time(last.created_at, zone), local_day(last.created_at, zone)
    if day != local_day(utc_now(), zone):
        at = f"{at} on {day_in_words(day)}"
    if has is None:
        return f"{last.actor_name} gave this back to the queue at {at}."
    if has == last.actor_id:
        return f"{last.actor_name} took this at {at}."
    return f"{last.actor_name} gave this to {names_of(session, {has}).get(has, 'another officer')} at {at}."


def next_line(session: Session, actor: Actor) -> NextLine:
    """Take the most urgent line that nobody has of the officer's share, after what they have begun; null when none."""
    begun = session.scalars(of_view(session, actor, "mine").order_by(OrderLine.due_on, OrderLine.id).limit(1)).first()
    if begun:
        if begun.state == "queued":
            assign_line(session, actor, line_id=begun.id, officer_id=actor.user_id)
        return NextLine(line_id=begun.id)
    waiting = of_view(session, actor, "unassigned").with_for_update(of=OrderLine, skip_locked=True)
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
