"""Replacing an issued certificate by another, and calling that off: the issued one stands until it is replaced."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.acting import NothingReplaced
from banksia.modules.certificates.models import Draft, OrderLine, ReplacedBecause
from banksia.modules.certificates.queries.certificates import draft_of
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.drafting import describe_draft
from banksia.modules.certificates.service.holding import certificate_in_force, free_line, let_clock_go_on
from banksia.modules.certificates.service.states import KEEP_ISSUED, KEPT_NOTE, check, move

KEPT = ("answers", "attached", "template_number", "known")
"""What of a draft comes back when the certificate that was issued with it is kept."""


def replace_certificate(
    session: Session, actor: Actor, *, line_id: uuid.UUID, because: ReplacedBecause, reason: str
) -> DraftRead:
    """Open an issued line again for a certificate that supersedes the issued one; raises TransitionRefused."""
    line = free_line(session, actor, line_id)
    move(session, actor, line, "replace", note=reason)
    line.assigned_to_id, line.replaced_because = actor.user_id, because
    draft = _draft(session, line)
    if draft:
        draft.as_issued = {name: getattr(draft, name) for name in KEPT}
    audit.record(session, actor, "certificates.replacement_begun", subject=line)
    session.flush()
    return describe_draft(session, line)


def keep_issued(session: Session, actor: Actor, *, line_id: uuid.UUID, reason: str) -> DraftRead:
    """Call a replacement off: the issued certificate stays as it is, and its customer hears nothing.

    Raises NothingReplaced when no certificate is issued, TransitionRefused and IssueInProgress.
    """
    line = free_line(session, actor, line_id)
    check(line, KEEP_ISSUED)
    if certificate_in_force(session, line) is None:
        raise NothingReplaced
    call_off(session, actor, line, reason)
    audit.record(session, actor, "certificates.replacement_called_off", subject=line)
    session.flush()
    return describe_draft(session, line)


def call_off(session: Session, actor: Actor, line: OrderLine, reason: str) -> None:
    """Lead a locked line back to its issued certificate, with the answers that this was issued with."""
    move(session, actor, line, KEEP_ISSUED, note=f"{KEPT_NOTE}{reason}")
    let_clock_go_on(session, line)
    line.replaced_because = None
    draft = _draft(session, line)
    if draft is None:
        return
    kept = draft.as_issued or {"answers": {}, "attached": None}
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.as_issued, draft.version = None, draft.version + 1


def forget_issued(session: Session, line: OrderLine) -> None:
    """The one that replaces it is issued: its answers stand from now on."""
    draft = _draft(session, line)
    if draft:
        draft.as_issued = None


def _draft(session: Session, line: OrderLine) -> Draft | None:
    return session.scalar(draft_of(line.organisation_id, line.id))
