"""The second officer: whoever did not prepare a certificate looks at it before it is issued.

Any certificate can be sent to be checked; a product can ask that each of its certificates is. What was checked is kept
as a digest of all that the certificate says, so that nothing else is issued when what council knows changes meanwhile.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import CheckedChanged, CheckMissing, OrderNotPaid, OwnWork
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.certificates import draft_of
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.drafting import begin_draft, complete, describe_draft, prepared_by
from banksia.modules.certificates.service.holding import free_line
from banksia.modules.certificates.service.money import is_line_paid
from banksia.modules.certificates.service.prepared import Prepared
from banksia.modules.certificates.service.seen import expect_seen
from banksia.modules.certificates.service.states import check, move


def send_to_check(
    session: Session,
    actor: Actor,
    *,
    line_id: uuid.UUID,
    version: int,
    template_number: int | None = None,
    known: Mapping[str, str] | None = None,
) -> DraftRead:
    """Hand a complete draft to a second officer; it is not changed from then on, nor is its template.

    `version`, `template_number` and `known` are those that were seen. Raises DraftIncomplete, DraftStale, KnownChanged,
    TemplateChanged, TransitionRefused and IssueInProgress.
    """
    line = free_line(session, actor, line_id)
    check(line, "send to be checked")
    expect_seen(session, actor, line, complete(session, line, version, template_number), known)
    move(session, actor, line, "send to be checked")
    if session.scalar(draft_of(line.organisation_id, line.id)) is None:
        begin_draft(session, actor, line, seen=template_number)
    line.reason = None
    audit.record(session, actor, "certificates.check_asked", subject=line)
    session.flush()
    return describe_draft(session, line)


def check_line(
    session: Session, actor: Actor, *, line_id: uuid.UUID, known: Mapping[str, str] | None = None
) -> DraftRead:
    """Note that a second officer found nothing to change; `known` is what they looked at.

    Raises OwnWork for whoever prepared it, OrderNotPaid, KnownChanged, DraftIncomplete when something has become
    unknown meanwhile, TransitionRefused and IssueInProgress.
    """
    line = free_line(session, actor, line_id)
    check(line, "check")
    if actor.user_id is None or actor.user_id in prepared_by(session, line):
        raise OwnWork
    if not is_line_paid(session, line):
        raise OrderNotPaid(line.order.number)
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    prepared = complete(session, line, draft.version if draft else 0)
    expect_seen(session, actor, line, prepared, known)
    move(session, actor, line, "check")
    line.checked_by_id, line.checked_by_name = actor.user_id, actor.name
    line.checked_sha256 = digest_of(prepared)
    audit.record(session, actor, "certificates.line_checked", subject=line, detail={"sha256": line.checked_sha256})
    session.flush()
    return describe_draft(session, line)


def send_back(session: Session, actor: Actor, *, line_id: uuid.UUID, reason: str) -> DraftRead:
    """Give a line back to who prepared it, to be changed; raises TransitionRefused and IssueInProgress."""
    line = free_line(session, actor, line_id)
    move(session, actor, line, "send back", note=reason)
    line.reason = reason
    audit.record(session, actor, "certificates.line_sent_back", subject=line)
    session.flush()
    return describe_draft(session, line)


def expect_checked(line: OrderLine, prepared: Prepared) -> None:
    """Raise CheckMissing when the product asks for a check, CheckedChanged when something else was checked."""
    if line.state == "checked":
        if line.checked_sha256 != digest_of(prepared):
            raise CheckedChanged(line.checked_by_name or "the second officer")
    elif line.needs_check:
        raise CheckMissing


def digest_of(prepared: Prepared) -> str:
    """SHA-256, in hex, of all that a certificate says: its questions, answers, what is printed for them, its template.

    A council's own template counts with its version and everything that its text can name, an attached PDF with its
    bytes.
    """
    said: list[object] = [
        [section.number, each.question.key, each.statement, each.detail, _plain(each.answer)]
        for section, filled in prepared.sections
        for each in filled
    ]
    if prepared.template.source is not None:
        said += [prepared.template.number, prepared.values]
    if prepared.attached is not None:
        said.append([prepared.attached.sha256, prepared.attached.file_name, prepared.attached.is_whole])
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(answer: object) -> object:
    return answer.model_dump(mode="json") if hasattr(answer, "model_dump") else None
