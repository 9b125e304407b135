"""Issuing one line without an officer, or leaving it to one and saying why.

The decision is made once for a line, under its lock, in the transaction that also writes what will be issued: killed
before it, the task decides again; killed after it, the task carries out what was decided. An officer who takes the
line at the same moment either has it first, and this leaves it alone, or finds that it is being issued.

A council's own text is drawn once before that, outside any transaction, so that what is decided can be drawn. The
decision keeps the line to the version that was drawn.
"""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.modules.certificates.errors.signing import SigningCertificateEnded, SigningKeyUnreadable
from banksia.modules.certificates.errors.templates import TemplateBroken, TemplateChanged
from banksia.modules.certificates.models import OrderLine, SigningKey, StraightThroughDecision
from banksia.modules.certificates.queries.certificates import draft_of, open_issuance
from banksia.modules.certificates.queries.straight_through import decisions_of_lines, one_at_a_time
from banksia.modules.certificates.schemas.straight_through import Reason
from banksia.modules.certificates.service.drafting import begin_draft
from banksia.modules.certificates.service.holding import waits_for_payment
from banksia.modules.certificates.service.issuing import finish_issuing, try_template, write_issuance
from banksia.modules.certificates.service.money import is_line_paid
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.signing import key_for_issuing
from banksia.modules.certificates.service.states import WITHOUT_OFFICER, allows
from banksia.modules.certificates.service.straight_through.facts import case_of
from banksia.modules.certificates.service.straight_through.judging import Judgement, judge
from banksia.modules.certificates.service.straight_through.rules import rules_in_force
from banksia.modules.certificates.service.versions import PLATFORMS_OWN

WORKED_ON = ("assigned", "drafted", "to_check", "checked", "on_hold")


def issue_without_officer(transactions: Transactions, *, line_id: uuid.UUID) -> None:
    """Issue a paid line when every rule allows it; called again, it changes nothing. Call it outside any transaction.

    Raises LineNotFound, and TemplateChanged when a version was published meanwhile: then it is tried again.
    """
    tried, fault = _try(transactions, line_id)
    with transactions() as session:
        issuance_id = decide(session, transactions.actor, line_id, tried=tried, fault=fault)
    if issuance_id:
        finish_issuing(transactions, issuance_id=issuance_id)


def _try(transactions: Transactions, line_id: uuid.UUID) -> tuple[int, str]:
    """Draw the council's own text; answers its version, and what is wrong with it for this land."""
    try:
        return try_template(transactions, line_id), ""
    except TemplateBroken as broken:
        return PLATFORMS_OWN, broken.detail


def decide(
    session: Session, actor: Actor, line_id: uuid.UUID, *, tried: int = PLATFORMS_OWN, fault: str = ""
) -> uuid.UUID | None:
    """Decide once and for all whether a line needs an officer; answers what is to be carried out, None when nothing.

    `tried` is the version of the council's own text that can be drawn, `fault` why none can. Raises TemplateChanged.
    """
    line = find_line(session, actor, line_id, lock=True)
    begun = session.scalar(open_issuance(line.organisation_id, line.id))
    if begun:
        return begun.id if begun.without_officer else None
    if session.scalar(decisions_of_lines(line.organisation_id, [line.id])):
        return None
    rules = rules_in_force(session, actor)
    if line.product_code not in rules.products:
        return None
    if not allows(line, WITHOUT_OFFICER) or not is_line_paid(session, line):
        _note_taken(session, actor, line)
        return None
    session.execute(one_at_a_time(line.organisation_id))
    key, signing_fault = _key(session, actor)
    case, prepared = case_of(session, line, template_fault=fault, signing_fault=signing_fault)
    if not fault and prepared.template.number not in (tried, PLATFORMS_OWN):
        raise TemplateChanged(prepared.template.number)
    judgement = judge(rules, case)
    _note(session, actor, line, judgement)
    if judgement.reasons:
        return None
    if session.scalar(draft_of(line.organisation_id, line.id)) is None:
        begin_draft(session, actor, line, seen=prepared.template.number)
    return write_issuance(session, actor, line, prepared, key, without_officer=True).id


def _key(session: Session, actor: Actor) -> tuple[SigningKey | None, str]:
    """What signs it, and why it cannot be signed."""
    try:
        return key_for_issuing(session, actor), ""
    except (SigningCertificateEnded, SigningKeyUnreadable) as fault:
        return None, fault.detail


def _note_taken(session: Session, actor: Actor, line: OrderLine) -> None:
    """An officer had it first; what is not paid or was ended meanwhile is not noted, and is judged if it comes back."""
    if line.state in WORKED_ON and not waits_for_payment(line):
        _note(session, actor, line, Judgement([Reason(code="taken", words="An officer took it first.")]))


def _note(session: Session, actor: Actor, line: OrderLine, judgement: Judgement) -> None:
    reasons, oldest = judgement.reasons, judgement.oldest
    session.add(
        StraightThroughDecision(
            organisation_id=line.organisation_id,
            line_id=line.id,
            issued=not reasons,
            reason=reasons[0].code if reasons else None,
            reasons=[reason.model_dump() for reason in reasons],
            known_on=council_day(session),
            oldest_on=oldest.on if oldest else None,
            oldest_title=oldest.title if oldest else None,
        )
    )
    session.flush()
    action = "certificates.left_to_officer" if reasons else "certificates.issued_without_officer"
    audit.record(session, actor, action, subject=line, detail={"reasons": [reason.words for reason in reasons]})
