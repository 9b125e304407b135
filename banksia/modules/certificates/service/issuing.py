"""Issuing in steps, each of which can be done again.

1. One transaction decides: everything the certificate will say, its number, code and moment are written as an issuance,
   and a task is queued that finishes it should this process die.
2. Outside any transaction the document is drawn, always to the same bytes, and the bytes are made safe in the store.
3. One transaction makes it so: the certificate, the line's state, the event and the mail, once.

So a number belongs to one content from the first step on, and no certificate exists without its bytes.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote, urlsplit

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import emit, enqueue
from banksia.foundation.organisations.public import council_url
from banksia.foundation.storage.public import StoredObject, put_bytes
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
from banksia.modules.certificates.events import CertificateIssued
from banksia.modules.certificates.models import Certificate, Issuance, OrderLine
from banksia.modules.certificates.queries.certificates import (
    certificate_with_id,
    certificates_of_lines,
    issuance_with_id,
    open_issuance,
)
from banksia.modules.certificates.schemas.lines import DraftRead
from banksia.modules.certificates.service.checking import expect_checked
from banksia.modules.certificates.service.drafting import complete_sections, describe_draft
from banksia.modules.certificates.service.mailing import mail_certificate
from banksia.modules.certificates.service.money import is_paid, money_of_orders
from banksia.modules.certificates.service.numbering import code_in_groups, next_certificate_number, random_code
from banksia.modules.certificates.service.printing import document_from, document_of, issuer_of, snapshot_of
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.states import check, move

VERIFICATION_PATH = "/certificates/customer/verify"
FINISH_AFTER = timedelta(seconds=60)
"""The request that issues finishes within a second; the task is for when it did not."""


@dataclass(frozen=True)
class _Decided:
    """What the first step wrote, ready to be drawn."""

    issuance_id: uuid.UUID
    document: CertificateDocument


def issue_certificate(transactions: Transactions, *, line_id: uuid.UUID, version: int) -> DraftRead:
    """Issue the certificate of one paid line and tell the customer; call it outside any transaction.

    `version` is the draft that the officer saw. Raises OrderNotPaid, DraftIncomplete, DraftStale, TransitionRefused,
    CheckMissing, CheckedChanged and IssueInProgress.
    """
    with transactions() as session:
        issuance_id = _decide(session, transactions.actor, line_id, version)
    finish_issuing(transactions, issuance_id=issuance_id)
    with transactions() as session:
        return describe_draft(session, find_line(session, transactions.actor, line_id))


def finish_issuing(transactions: Transactions, *, issuance_id: uuid.UUID) -> None:
    """Draw, store and record what was decided to be issued; done again, it changes nothing."""
    with transactions() as session:
        decided = _read_decision(session, transactions.actor, issuance_id)
    if decided is None:
        return
    stored = put_bytes(transactions, render_certificate(decided.document))
    reach("certificates.certificate_stored")
    with transactions() as session:
        _record(session, transactions.actor, issuance_id, stored)
    reach("certificates.certificate_issued")


def _decide(session: Session, actor: Actor, line_id: uuid.UUID, version: int) -> uuid.UUID:
    line = find_line(session, actor, line_id, lock=True)
    begun = session.scalar(open_issuance(line.organisation_id, line.id))
    if begun:
        raise IssueInProgress(begun.number)
    check(line, "issue")
    if not is_paid(session, line.order):
        raise OrderNotPaid(line.order.number)
    sections = complete_sections(session, line, version)
    expect_checked(line, sections)
    earlier = session.scalars(certificates_of_lines(line.organisation_id, [line.id]).limit(1)).first()
    money = money_of_orders(session, [line.order])[line.order_id]
    document = document_of(
        session, line, sections, money, officer=actor, supersedes=earlier.number if earlier else None
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
        # The number's row stays locked until the commit, so it is taken last.
        number=next_certificate_number(session, line.product_snapshot["number_prefix"]),
        document={},
    )
    issuance.document = snapshot_of(replace(document, authenticity=_authenticity(session, issuance)))
    session.add(issuance)
    enqueue(session, "certificates.finish_issuing", issuance_id=issuance.id, not_before=utc_now() + FINISH_AFTER)
    audit.record(session, actor, "certificates.issuing_decided", subject=line, detail={"number": issuance.number})
    session.flush()
    return issuance.id


def _authenticity(session: Session, issuance: Issuance) -> Authenticity:
    page = council_url(session, VERIFICATION_PATH)
    return Authenticity(
        number=issuance.number,
        code=code_in_groups(issuance.code),
        issued_at=issuance.issued_at,
        verification_url=f"{page}?number={quote(issuance.number, safe='')}&code={issuance.code}",
        page_url=page.removeprefix(f"{urlsplit(page).scheme}://"),
    )


def _read_decision(session: Session, actor: Actor, issuance_id: uuid.UUID) -> _Decided | None:
    """Return what is to be drawn, with the council's logo; None when it is done."""
    issuance = session.scalars(issuance_with_id(actor.organisation_id, issuance_id)).one()
    if issuance.finished_at:
        return None
    document = document_from(issuance.document)
    logo = issuer_of(session).logo
    return _Decided(issuance.id, replace(document, issuer=replace(document.issuer, logo=logo)))


def _record(session: Session, actor: Actor, issuance_id: uuid.UUID, stored: StoredObject) -> None:
    """Make the certificate from its decision and its bytes, unless another process was faster."""
    issuance = session.scalars(
        issuance_with_id(actor.organisation_id, issuance_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if issuance.finished_at:
        return
    line = find_line(session, actor, issuance.line_id, lock=True)
    certificate = _certificate(line, issuance, stored)
    session.add(certificate)
    move(session, _issuer_of(actor, issuance), line, "issue", note=issuance.number)
    line.issued_at, line.reason, issuance.finished_at = issuance.issued_at, None, utc_now()
    audit.record(
        session,
        actor,
        "certificates.certificate_issued",
        subject=certificate,
        detail={"number": certificate.number, "sha256": certificate.sha256},
    )
    session.flush()
    emit(session, _event(line, certificate))
    mail_certificate(session, certificate, line, _replaced_number(session, certificate))


def _certificate(line: OrderLine, issuance: Issuance, stored: StoredObject) -> Certificate:
    return Certificate(
        id=new_id(),
        organisation_id=line.organisation_id,
        line_id=line.id,
        order_id=line.order_id,
        number=issuance.number,
        code=issuance.code,
        product_code=line.product_code,
        title=line.product_title,
        property_id=line.property_id,
        parcel=line.parcel,
        address=line.address,
        issued_at=issuance.issued_at,
        issued_by_id=issuance.issued_by_id,
        issued_by_name=issuance.issued_by_name,
        object_id=stored.id,
        sha256=stored.sha256,
        size_bytes=stored.size,
        document=issuance.document,
        supersedes_id=issuance.supersedes_id,
    )


def _event(line: OrderLine, certificate: Certificate) -> CertificateIssued:
    return CertificateIssued(
        certificate_id=certificate.id,
        number=certificate.number,
        title=certificate.title,
        order_id=line.order_id,
        order_number=line.order_number,
        property_id=certificate.property_id,
        parcel=certificate.parcel,
        object_id=certificate.object_id,
        sha256=certificate.sha256,
        size_bytes=certificate.size_bytes,
        issued_at=certificate.issued_at,
        supersedes_id=certificate.supersedes_id,
    )


def _issuer_of(actor: Actor, issuance: Issuance) -> Actor:
    """Return who decided: the step may be recorded by a task long after."""
    return replace(actor, user_id=issuance.issued_by_id, name=issuance.issued_by_name)


def _replaced_number(session: Session, certificate: Certificate) -> str | None:
    if certificate.supersedes_id is None:
        return None
    earlier = session.scalars(certificate_with_id(certificate.organisation_id, certificate.supersedes_id)).one()
    return earlier.number
