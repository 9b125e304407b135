"""The ways in which a line leaves its straight path: a question to the customer, and a refusal."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors import IssueInProgress
from banksia.modules.certificates.errors.acting import CertificateStands
from banksia.modules.certificates.models import Certificate, OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of_lines, open_issuance
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.catalogue import calendar_of
from banksia.modules.certificates.service.drafting import describe_draft
from banksia.modules.certificates.service.mailing import mail_about_line
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.states import UNPAID, check, move
from banksia.modules.certificates.service.telling import CANNOT_ISSUE, ON_HOLD, tell_of_line
from banksia.modules.certificates.service.working_days import local_day, working_days_left


def hold_line(session: Session, actor: Actor, *, line_id: uuid.UUID, question: str) -> DraftRead:
    """Stop the clock and ask the customer; raises TransitionRefused."""
    line = free_line(session, actor, line_id)
    before = line.state
    move(session, actor, line, "put on hold", note=question)
    line.held_from_state, line.reason = before, question
    stop_clock(session, line)
    mail_about_line(session, line, "line_on_hold", asked_at=utc_now())
    audit.record(session, actor, "certificates.line_held", subject=line)
    tell_of_line(session, line, ON_HOLD)
    session.flush()
    return describe_draft(session, line)


def resume_line(session: Session, actor: Actor, *, line_id: uuid.UUID) -> DraftRead:
    """Let the clock go on with the working days that were left; what was late stays late. Raises TransitionRefused."""
    line = find_line(session, actor, line_id, lock=True)
    go_on(session, actor, line)
    audit.record(session, actor, "certificates.line_resumed", subject=line)
    session.flush()
    return describe_draft(session, line)


def stop_clock(session: Session, line: OrderLine) -> None:
    """Remember how many working days are left; negative when it is late already."""
    calendar = calendar_of(session)
    line.held_days_left = working_days_left(calendar, local_day(utc_now(), calendar.zone), line.due_on)


def let_clock_go_on(session: Session, line: OrderLine) -> None:
    """Give a line that goes on the working days that were left, and forget why it was held.

    One that was held on its due day is due on the day on which it goes on, or else on the next working day.
    """
    if line.held_days_left is not None and line.held_days_left >= 0:
        calendar = calendar_of(session)
        today = local_day(utc_now(), calendar.zone)
        at_once = line.held_days_left == 0 and calendar.is_working_day(today)
        line.due_on = today if at_once else calendar.add(today, max(line.held_days_left, 1))
        line.order.due_on = max(each.due_on for each in line.order.lines)
    line.held_from_state = line.held_days_left = line.reason = None


def hold_until_paid(session: Session, actor: Actor, line: OrderLine) -> None:
    """Hold a locked line that is not paid any more; raises TransitionRefused.

    One that nobody has begun is held too, not unpaid: its order may be paid, and only what made it more is owed.
    """
    before = line.state
    move(session, actor, line, "put on hold" if before == "queued" else "wait for payment", note=UNPAID)
    line.held_from_state, line.reason = before, UNPAID
    stop_clock(session, line)


def waits_for_payment(line: OrderLine) -> bool:
    """Whether a line is held because it is not paid any more; a question to the customer is another hold."""
    return line.state == "on_hold" and line.reason == UNPAID


def go_on(session: Session, actor: Actor, line: OrderLine) -> None:
    """Let a locked line that was held go on where it stood; raises TransitionRefused."""
    move(session, actor, line, "resume")
    let_clock_go_on(session, line)


def refuse_line(session: Session, actor: Actor, *, line_id: uuid.UUID, reason: str) -> DraftRead:
    """End a line without a certificate and tell the customer why; a refund is decided in payments.

    Raises CertificateStands while it has an issued one, TransitionRefused and IssueInProgress.
    """
    line = free_line(session, actor, line_id)
    check(line, "refuse to issue")
    if standing := certificate_in_force(session, line):
        raise CertificateStands(standing.number)
    move(session, actor, line, "refuse to issue", note=reason)
    line.reason = reason
    mail_about_line(session, line, "line_refused", asked_at=utc_now())
    audit.record(session, actor, "certificates.line_refused", subject=line)
    tell_of_line(session, line, CANNOT_ISSUE)
    session.flush()
    return describe_draft(session, line)


def free_line(session: Session, actor: Actor, line_id: uuid.UUID) -> OrderLine:
    """Return a locked line whose certificate is not being made at this moment."""
    line = find_line(session, actor, line_id, lock=True)
    issuance = session.scalar(open_issuance(line.organisation_id, line.id))
    if issuance:
        raise IssueInProgress(issuance.number)
    return line


def certificate_in_force(session: Session, line: OrderLine) -> Certificate | None:
    """The newest certificate that was issued for a line, which stands while it is being replaced."""
    return session.scalars(certificates_of_lines(line.organisation_id, [line.id]).limit(1)).first()
