"""Issuing in steps, each of which can be done again.

1. One transaction decides: everything the certificate will say, its number, code and moment are written as an issuance,
   and a task is queued that finishes it should this process die.
2. Outside any transaction the document is drawn and signed, always to the same bytes, and these are made safe in the
   store.
3. One transaction makes it so: the certificate, the line's state, the event and the mail, once.

So a number belongs to one content from the first step on, and no certificate exists without its bytes.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote, urlsplit

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit, enqueue
from banksia.foundation.organisations.public import council_url
from banksia.foundation.storage.public import StoredObject, find_object
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach
from banksia.kit.models import new_id
from banksia.modules.certificates.adapters.certificate_pdf import (
    Authenticity,
    CertificateDocument,
    render_certificate,
)
from banksia.modules.certificates.errors import IssueInProgress, OrderNotPaid
from banksia.modules.certificates.models import Certificate, Issuance, OrderLine, SigningKey
from banksia.modules.certificates.queries.certificates import (
    certificate_with_id,
    certificates_of_lines,
    draft_of,
    issuance_with_id,
    open_issuance,
)
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.attaching import with_pages
from banksia.modules.certificates.service.checking import expect_checked
from banksia.modules.certificates.service.drafting import complete, describe_draft, draft_document, preview
from banksia.modules.certificates.service.issued import certificate_from, event_of
from banksia.modules.certificates.service.mailing import mail_certificate
from banksia.modules.certificates.service.money import is_line_paid, money_of_orders
from banksia.modules.certificates.service.numbering import code_in_groups, next_certificate_number, random_code
from banksia.modules.certificates.service.prepared import Prepared
from banksia.modules.certificates.service.printing import document_from, document_of, issuer_of, snapshot_of
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.replacing import forget_issued
from banksia.modules.certificates.service.seen import expect_seen, looked_at
from banksia.modules.certificates.service.signing import (
    Signing,
    key_for_issuing,
    signed_by,
    signing_of,
    store_certificate,
)
from banksia.modules.certificates.service.states import WITHOUT_OFFICER, check, move
from banksia.modules.certificates.service.telling import tell_of_certificate
from banksia.modules.certificates.service.terms import add_words
from banksia.modules.certificates.service.versions import template_of_line

VERIFICATION_PATH = "/certificates/customer/verify"
FINISH_AFTER = timedelta(seconds=60)
"""The request that issues finishes within a second; the task is for when it did not."""


@dataclass(frozen=True)
class _Decided:
    """What the first step wrote, ready to be drawn."""

    issuance_id: uuid.UUID
    document: CertificateDocument
    signing: Signing | None
    stored: StoredObject | None
    """What was stored before, when it cannot be made the same again."""


def issue_certificate(
    transactions: Transactions,
    *,
    line_id: uuid.UUID,
    version: int,
    template_number: int | None = None,
    known: Mapping[str, str] | None = None,
) -> DraftRead:
    """Issue the certificate of one paid line and tell the customer; call it outside any transaction.

    `version`, `template_number` and `known` are the draft, the template and what council knew as the officer saw them;
    `known` is None where nobody was shown anything. Raises OrderNotPaid, DraftIncomplete, DraftStale, KnownChanged,
    TransitionRefused, CheckMissing, CheckedChanged, TemplateChanged, TemplateBroken, SigningCertificateEnded,
    SigningKeyUnreadable and IssueInProgress.
    """
    try_template(transactions, line_id)
    with transactions() as session:
        issuance_id = decide_to_issue(session, transactions.actor, line_id, version, template_number, known)
    finish_issuing(transactions, issuance_id=issuance_id)
    with transactions() as session:
        return describe_draft(session, find_line(session, transactions.actor, line_id))


def try_template(transactions: Transactions, line_id: uuid.UUID) -> int:
    """Draw it once without a number: what is decided can be drawn, whatever a council's own text makes of this land.

    Answers the version that was drawn; the platform's own needs no trial. Call it outside any transaction. Raises
    LineNotFound and TemplateBroken.
    """
    with transactions() as session:
        line = find_line(session, transactions.actor, line_id)
        template = template_of_line(session, line, session.scalar(draft_of(line.organisation_id, line.id)))
        if template.source is None:
            return template.number
        document = draft_document(session, transactions.actor, line_id=line_id)
    preview(document)
    return template.number


def finish_issuing(transactions: Transactions, *, issuance_id: uuid.UUID) -> None:
    """Draw, sign, store and record what was decided to be issued; done again, it changes nothing."""
    with transactions() as session:
        decided = _read_decision(session, transactions.actor, issuance_id)
    if decided is None:
        return
    stored = decided.stored or _make(transactions, decided)
    reach("certificates.certificate_stored")
    with transactions() as session:
        _record(session, transactions.actor, issuance_id, stored)
    reach("certificates.certificate_issued")


def _make(transactions: Transactions, decided: _Decided) -> StoredObject:
    document = with_pages(transactions, decided.document)
    return store_certificate(transactions, render_certificate(document), decided.signing)


def decide_to_issue(
    session: Session,
    actor: Actor,
    line_id: uuid.UUID,
    version: int,
    template_number: int | None = None,
    known: Mapping[str, str] | None = None,
) -> uuid.UUID:
    """Take the first step for a line as an officer saw it; raises as `issue_certificate` does."""
    line = find_line(session, actor, line_id, lock=True)
    prepared = expect_ready(session, line, version, template_number)
    expect_seen(session, actor, line, prepared, known)
    looked_at(session, actor, line, session.scalar(draft_of(line.organisation_id, line.id)), prepared)
    return write_issuance(session, actor, line, prepared, key_for_issuing(session, actor), without_officer=False).id


def expect_ready(session: Session, line: OrderLine, version: int, template_number: int | None = None) -> Prepared:
    """Return what a line's certificate will say; raises as `issue_certificate` does when it cannot be issued."""
    if begun := session.scalar(open_issuance(line.organisation_id, line.id)):
        raise IssueInProgress(begun.number)
    check(line, "issue")
    if not is_line_paid(session, line):
        raise OrderNotPaid(line.order.number)
    prepared = complete(session, line, version, template_number)
    expect_checked(line, prepared)
    return prepared


def write_issuance(
    session: Session,
    actor: Actor,
    line: OrderLine,
    prepared: Prepared,
    key: SigningKey | None,
    *,
    without_officer: bool,
) -> Issuance:
    """Write what is decided, and queue the task that carries it out should this process die; the line is locked."""
    earlier = session.scalars(certificates_of_lines(line.organisation_id, [line.id]).limit(1)).first()
    money = money_of_orders(session, [line.order])[line.order_id]
    document = document_of(
        session, line, prepared, money, officer=actor, supersedes=earlier.number if earlier else None
    )
    issuance = Issuance(
        id=new_id(),
        organisation_id=line.organisation_id,
        line_id=line.id,
        code=random_code(),
        issued_at=utc_now().replace(microsecond=0),
        issued_by_id=actor.user_id,
        issued_by_name=actor.name,
        supersedes_id=earlier.id if earlier else None,
        without_officer=without_officer,
        signing_key_id=key.id if key else None,
        # The number's row stays locked until the commit, so it is taken last.
        number=next_certificate_number(session, line.product_snapshot["number_prefix"]),
        document={},
    )
    issuance.document = snapshot_of(replace(document, authenticity=_authenticity(session, issuance, key)))
    session.add(issuance)
    enqueue(session, "certificates.finish_issuing", issuance_id=issuance.id, not_before=utc_now() + FINISH_AFTER)
    audit.record(session, actor, "certificates.issuing_decided", subject=line, detail={"number": issuance.number})
    session.flush()
    return issuance


def _authenticity(session: Session, issuance: Issuance, key: SigningKey | None) -> Authenticity:
    page = council_url(session, VERIFICATION_PATH)
    return Authenticity(
        number=issuance.number,
        code=code_in_groups(issuance.code),
        issued_at=issuance.issued_at,
        verification_url=f"{page}?number={quote(issuance.number, safe='')}&code={issuance.code}",
        page_url=page.removeprefix(f"{urlsplit(page).scheme}://"),
        signed_by=signed_by(key) if key else None,
    )


def _read_decision(session: Session, actor: Actor, issuance_id: uuid.UUID) -> _Decided | None:
    """Return what is to be drawn, with the council's logo; None when it is done."""
    issuance = session.scalars(issuance_with_id(actor.organisation_id, issuance_id)).one()
    if issuance.finished_at:
        return None
    document = document_from(issuance.document)
    logo = issuer_of(session).logo
    return _Decided(
        issuance.id,
        replace(document, issuer=replace(document.issuer, logo=logo)),
        signing_of(session, issuance),
        find_object(session, issuance.object_id) if issuance.object_id else None,
    )


def _record(session: Session, actor: Actor, issuance_id: uuid.UUID, stored: StoredObject) -> None:
    """Make the certificate from its decision and its bytes, unless another process was faster."""
    issuance = session.scalars(
        issuance_with_id(actor.organisation_id, issuance_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if issuance.finished_at:
        return
    line = find_line(session, actor, issuance.line_id, lock=True)
    certificate = certificate_from(line, issuance, stored)
    session.add(certificate)
    step = WITHOUT_OFFICER if issuance.without_officer else "issue"
    move(session, _issuer_of(actor, issuance), line, step, note=issuance.number)
    line.issued_at, line.reason, issuance.finished_at = issuance.issued_at, None, utc_now()
    # What was handed over is not in force any more: the new one waits for its customer.
    line.replaced_because = line.collected_at = None
    forget_issued(session, line)
    audit.record(
        session,
        actor,
        "certificates.certificate_issued",
        subject=certificate,
        detail={"number": certificate.number, "sha256": certificate.sha256},
    )
    session.flush()
    add_words(session, line, certificate.number)
    emit(session, event_of(line, certificate))
    replaced = _replaced_number(session, certificate)
    mail_certificate(session, certificate, line, replaced)
    tell_of_certificate(session, certificate, line, replaced)


def _issuer_of(actor: Actor, issuance: Issuance) -> Actor:
    """Return who decided: the step may be recorded by a task long after."""
    return replace(actor, user_id=issuance.issued_by_id, name=issuance.issued_by_name)


def _replaced_number(session: Session, certificate: Certificate) -> str | None:
    if certificate.supersedes_id is None:
        return None
    earlier = session.scalars(certificate_with_id(certificate.organisation_id, certificate.supersedes_id)).one()
    return earlier.number
