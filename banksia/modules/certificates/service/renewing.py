"""Going on with a newer template: never by itself, and only while nobody else's look would be lost by it."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors import DraftStale
from banksia.modules.certificates.errors.templates import TemplateChanged
from banksia.modules.certificates.queries.certificates import draft_of
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.drafting import describe_draft
from banksia.modules.certificates.service.prepared import prepare
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.seen import known_in
from banksia.modules.certificates.service.states import check
from banksia.modules.certificates.service.versions import newest_number


def take_newest_template(
    session: Session, actor: Actor, *, line_id: uuid.UUID, version: int, template_number: int
) -> DraftRead:
    """Make a draft's certificate with the template in force from now on; answers to what it asks too are kept.

    `version` and `template_number` are the draft and the newer template that the officer saw. What a second officer
    looks at, or has looked at, is sent back first. Raises DraftStale, TemplateChanged and TransitionRefused.
    """
    line = find_line(session, actor, line_id, lock=True)
    check(line, "draft")
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    if draft is None or draft.version != version:
        raise DraftStale(draft.saved_by_name if draft else actor.name, draft.version if draft else 0)
    number = newest_number(session, line)
    if number != template_number:
        raise TemplateChanged(number)
    before, draft.template_number = draft.template_number, number
    if draft.known is not None:  # what only the newer one asks is seen now for the first time
        draft.known = {**known_in(prepare(session, line, draft)), **draft.known}
    draft.version += 1
    draft.saved_at, draft.saved_by_id, draft.saved_by_name = utc_now(), actor.user_id, actor.name
    audit.record(
        session,
        actor,
        "certificates.template_taken",
        subject=line,
        detail={"version": draft.version, "template_before": before, "template": number},
    )
    session.flush()
    return describe_draft(session, line)
