"""The second officer: whoever did not prepare a certificate looks at it before it is issued.

Any certificate can be sent to be checked; a product can ask that each of its certificates is. What was checked is kept
as a digest of all that the certificate says, so that nothing else is issued when what council knows changes meanwhile.
"""

import hashlib
import json
import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import CheckedChanged, CheckMissing, OwnWork
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.certificates import draft_of
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.drafting import (
    FilledSections,
    complete_sections,
    describe_draft,
    prepared_by,
)
from banksia.modules.certificates.service.holding import free_line
from banksia.modules.certificates.service.states import move


def send_to_check(session: Session, actor: Actor, *, line_id: uuid.UUID, version: int) -> DraftRead:
    """Hand a complete draft to a second officer; it is not changed from then on.

    `version` is the draft that was seen. Raises DraftIncomplete, DraftStale, TransitionRefused and IssueInProgress.
    """
    line = free_line(session, actor, line_id)
    move(session, actor, line, "send to be checked")
    complete_sections(session, line, version)
    line.reason = None
    audit.record(session, actor, "certificates.check_asked", subject=line)
    session.flush()
    return describe_draft(session, line)


def check_line(session: Session, actor: Actor, *, line_id: uuid.UUID) -> DraftRead:
    """Note that a second officer found nothing to change.

    Raises OwnWork for whoever prepared it, DraftIncomplete when something has become unknown meanwhile,
    TransitionRefused and IssueInProgress.
    """
    line = free_line(session, actor, line_id)
    move(session, actor, line, "check")
    if actor.user_id is None or actor.user_id in prepared_by(session, line):
        raise OwnWork
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    sections = complete_sections(session, line, draft.version if draft else 0)
    line.checked_by_id, line.checked_by_name = actor.user_id, actor.name
    line.checked_sha256 = digest_of(sections)
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


def expect_checked(line: OrderLine, sections: FilledSections) -> None:
    """Raise CheckMissing when the product asks for a check, CheckedChanged when something else was checked."""
    if line.state == "checked":
        if line.checked_sha256 != digest_of(sections):
            raise CheckedChanged(line.checked_by_name or "the second officer")
    elif line.needs_check:
        raise CheckMissing


def digest_of(sections: FilledSections) -> str:
    """SHA-256, in hex, of all questions of a certificate with their answers and what is printed for them."""
    said = [
        [section.number, each.question.key, each.statement, each.detail, _plain(each.answer)]
        for section, filled in sections
        for each in filled
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(answer: object) -> object:
    return answer.model_dump(mode="json") if hasattr(answer, "model_dump") else None
