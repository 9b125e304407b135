"""A line as its officer works on it: what is answered, what is open, and what issuing will do."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.adapters.certificate_pdf import (
    CertificateDocument,
    TemplateRefusedError,
    render_draft,
)
from banksia.modules.certificates.errors import AnswerInvalid, DraftIncomplete, DraftStale
from banksia.modules.certificates.errors.templates import TemplateBroken, TemplateChanged
from banksia.modules.certificates.models import OPEN_STATES, Draft, OrderLine
from banksia.modules.certificates.queries.certificates import draft_of, open_issuance
from banksia.modules.certificates.schemas.attaching import AttachedRead
from banksia.modules.certificates.schemas.lines import (
    AnswerUpdate,
    DraftRead,
    DraftUpdate,
    FieldRead,
    IssueOutcome,
    SectionRead,
)
from banksia.modules.certificates.service.answers import Filled, is_empty, refuse
from banksia.modules.certificates.service.decisions import read_decisions
from banksia.modules.certificates.service.download_rule import DownloadRule
from banksia.modules.certificates.service.money import is_line_paid, money_of_orders
from banksia.modules.certificates.service.numbering import likely_certificate_number
from banksia.modules.certificates.service.prepared import Prepared, prepare
from banksia.modules.certificates.service.printing import document_of
from banksia.modules.certificates.service.queue import find_line, read_queue_line
from banksia.modules.certificates.service.reading import (
    certificates_by_line,
    read_certificates,
    read_contact,
    read_property,
)
from banksia.modules.certificates.service.sections import SectionOf, Template
from banksia.modules.certificates.service.seen import changes_since, known_in
from banksia.modules.certificates.service.states import allows, check, move
from banksia.modules.certificates.service.steps import read_steps, replaced_by_line, steps_of_line
from banksia.modules.certificates.service.versions import newest_number, template_of_line


def read_draft(session: Session, actor: Actor, *, line_id: uuid.UUID) -> DraftRead:
    """Return a line with its draft; raises LineNotFound."""
    line = find_line(session, actor, line_id)
    return describe_draft(session, line)


def describe_draft(session: Session, line: OrderLine) -> DraftRead:
    """Return a line with its draft, history and what issuing it will do."""
    order, draft = line.order, session.scalar(draft_of(line.organisation_id, line.id))
    prepared = prepare(session, line, draft)
    sections = [_read_section(section, each) for section, each in prepared.sections]
    open_count = sum(section.open_count for section in sections)
    issuance = session.scalar(open_issuance(line.organisation_id, line.id))
    certificates = certificates_by_line(session, [order]).get(line.id, [])
    steps = steps_of_line(session, line)
    ready = open_count == 0 and issuance is None and is_line_paid(session, line)
    return DraftRead(
        line=read_queue_line(session, line),
        contact=read_contact(order),
        money=money_of_orders(session, [order])[order.id].state,
        property=read_property(line),
        title=line.product_title,
        law=line.product_snapshot["law"],
        reason=line.reason,
        sections=sections,
        open_count=open_count,
        attached=_read_attached(line, draft),
        version=draft.version if draft else 0,
        template_number=prepared.template.number,
        known=known_in(prepared),
        changes=changes_since(draft, prepared) if line.state in OPEN_STATES else [],
        replaces=replaced_by_line(line, certificates, steps),
        newer_template=_newer_template(session, line, prepared.template),
        saved_at=draft.saved_at if draft else None,
        saved_by_name=draft.saved_by_name if draft else None,
        can_issue=ready and allows(line, "issue") and not (line.needs_check and line.state != "checked"),
        needs_check=line.needs_check,
        straight_through=read_decisions(session, [line.id]).get(line.id),
        prepared_by_ids=sorted(prepared_by(session, line)),
        checked_by_name=line.checked_by_name,
        when_you_issue=_outcome(session, line),
        issuing_number=issuance.number if issuance else None,
        certificates=read_certificates(order, certificates, DownloadRule.for_staff()),
        history=read_steps(steps),
    )


def _outcome(session: Session, line: OrderLine) -> IssueOutcome:
    return IssueOutcome(
        number_preview=likely_certificate_number(session, line.product_snapshot["number_prefix"]),
        dated_on=council_day(session),
        customer=line.order.contact_name,
        emails_customer=line.order.contact_email is not None,
    )


def save_draft(session: Session, actor: Actor, *, line_id: uuid.UUID, changes: DraftUpdate) -> DraftRead:
    """Keep an officer's answers; what they did not send stays as it is.

    Raises AnswerInvalid, TransitionRefused, and DraftStale when somebody else saved after this officer read.
    """
    line = find_line(session, actor, line_id, lock=True)
    check(line, "draft")
    draft = draft_as_seen(session, line, changes.version) or begin_draft(
        session, actor, line, seen=changes.template_number, known=changes.known
    )
    _check_answers(template_of_line(session, line, draft), changes.answers)
    draft.answers = _merged(draft.answers, changes.answers, actor)
    # What was answered was looked at as it was seen; a change of the others is still to be shown.
    looked_at = {key: words for key, words in (changes.known or {}).items() if key in changes.answers}
    draft.known = {**draft.known, **looked_at} if draft.known is not None else None
    count_save(session, actor, line, draft)
    audit.record(
        session,
        actor,
        "certificates.draft_saved",
        subject=line,
        detail={"version": draft.version, "answered": sorted(changes.answers)},
    )
    session.flush()
    return describe_draft(session, line)


def draft_as_seen(session: Session, line: OrderLine, version: int) -> Draft | None:
    """Return a line's draft, if it has one; raises DraftStale when it is not the version that was read."""
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    if draft and draft.version != version:
        raise DraftStale(draft.saved_by_name, draft.version)
    return draft


def count_save(session: Session, actor: Actor, line: OrderLine, draft: Draft) -> None:
    """Make what was changed the draft's next version; the first one takes its line on."""
    draft.version += 1
    draft.saved_at, draft.saved_by_id, draft.saved_by_name = utc_now(), actor.user_id, actor.name
    if line.state == "assigned":
        move(session, actor, line, "draft")


def begin_draft(
    session: Session, actor: Actor, line: OrderLine, *, seen: int | None, known: Mapping[str, str] | None = None
) -> Draft:
    """Begin a draft, which keeps to the template that is in force now.

    `seen` is the version that the officer looked at, and `known` what council knew then; raises TemplateChanged when
    it is another version.
    """
    number = newest_number(session, line)
    if seen not in (None, number):
        raise TemplateChanged(number)
    draft = Draft(
        organisation_id=line.organisation_id,
        line_id=line.id,
        answers={},
        version=0,
        template_number=number,
        known={**known_in(prepare(session, line, None)), **(known or {})},
        saved_at=utc_now(),
        saved_by_id=actor.user_id,
        saved_by_name=actor.name,
    )
    session.add(draft)
    return draft


def complete(session: Session, line: OrderLine, version: int, seen: int | None = None) -> Prepared:
    """Return a line with nothing left open, as the officer saw it in a version of its draft and of its template.

    Raises DraftStale, DraftIncomplete and TemplateChanged.
    """
    draft = draft_as_seen(session, line, version)
    prepared = prepare(session, line, draft)
    if seen not in (None, prepared.template.number):
        raise TemplateChanged(prepared.template.number)
    unknown: list[Filled] = [each for _, filled in prepared.sections for each in filled if each.answer is None]
    if unknown:
        raise DraftIncomplete([each.question.label for each in unknown], [each.question.key for each in unknown])
    return prepared


def prepared_by(session: Session, line: OrderLine) -> set[uuid.UUID]:
    """Whoever saved the draft last or sent it to be checked: they are no second officer for it."""
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    steps = steps_of_line(session, line)
    senders = [step.actor_id for step in steps if step.from_state != step.to_state == "to_check"]
    return {each for each in (draft.saved_by_id if draft else None, *senders[-1:]) if each}


def draft_document(session: Session, actor: Actor, *, line_id: uuid.UUID) -> CertificateDocument:
    """Make the document of a line's draft, open places left open."""
    line = find_line(session, actor, line_id)
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    money = money_of_orders(session, [line.order])[line.order_id]
    return document_of(session, line, prepare(session, line, draft), money, officer=actor)


def preview(document: CertificateDocument) -> bytes:
    """Draw a draft as PDF, watermarked; call it outside any transaction. Raises TemplateBroken."""
    try:
        return render_draft(document)
    except TemplateRefusedError as refused:
        raise TemplateBroken(document.body.number if document.body else 0, str(refused)) from refused


def _read_attached(line: OrderLine, draft: Draft | None) -> AttachedRead | None:
    if draft is None or draft.attached is None:
        return None
    return AttachedRead(download_path=f"/api/certificates/lines/{line.id}/attached", **draft.attached)


def _newer_template(session: Session, line: OrderLine, template: Template) -> int | None:
    number = newest_number(session, line)
    return number if number != template.number and line.state in OPEN_STATES else None


def _check_answers(template: Template, answers: dict[str, AnswerUpdate]) -> None:
    questions = {question.key: question for question in template.questions}
    errors = []
    for key, given in answers.items():
        if key not in questions:
            errors.append({"field": f"answers.{key}", "message": "This certificate does not ask this."})
            continue
        reason = None if is_empty(given) else refuse(questions[key], given)
        if reason:
            errors.append({"field": f"answers.{key}", "message": reason})
    if errors:
        raise AnswerInvalid(errors[0]["message"], errors=errors)


def _merged(kept: dict[str, Any], answers: dict[str, AnswerUpdate], actor: Actor) -> dict[str, Any]:
    merged = dict(kept)
    for key, given in answers.items():
        if is_empty(given):
            merged.pop(key, None)
        else:
            answer = given.model_dump(mode="json", exclude_none=True)
            merged[key] = {"answer": answer, "by": actor.name, "at": utc_now().isoformat()}
    return merged


def _read_section(section: SectionOf, filled: list[Filled]) -> SectionRead:
    return SectionRead(
        number=section.number,
        title=section.title,
        part=section.part,
        open_count=sum(each.answer is None for each in filled),
        fields=[_read_field(each) for each in filled],
    )


def _read_field(filled: Filled) -> FieldRead:
    question = filled.question
    return FieldRead(
        key=question.key,
        label=question.label,
        question=question.ask,
        kind=question.kind,
        answer=filled.answer,
        is_unknown=filled.answer is None,
        statement=filled.statement,
        origin=filled.origin,
        source=filled.source,
        as_at_on=filled.as_at_on,
        is_changed=filled.origin == "officer",
        changed_from=filled.changed_from,
        changed_by_name=filled.changed_by_name,
        changed_at=filled.changed_at,
    )
