"""Putting a line, its answers and the council together into the document that a certificate is."""

import datetime
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, current_organisation, logo_of, module_settings
from banksia.foundation.payments.public import MoneyOf
from banksia.kit.actor import Actor
from banksia.kit.words import dollars
from banksia.modules.certificates.adapters.certificate_pdf import (
    Body,
    CertificateDocument,
    Fact,
    Issuer,
    Section,
    Statement,
    Table,
)
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.schemas.lines import Answer
from banksia.modules.certificates.service.answers import Filled
from banksia.modules.certificates.service.prepared import Prepared
from banksia.modules.certificates.service.sections import SectionOf
from banksia.modules.certificates.settings import CertificatesSettings

DEFAULT_ACCENT = "#14563b"

_documents = TypeAdapter(CertificateDocument)
_PICTURES: Any = {"issuer": {"logo"}, "attached": {"content"}}


def document_of(
    session: Session,
    line: OrderLine,
    prepared: Prepared,
    money: MoneyOf,
    *,
    officer: Actor,
    supersedes: str | None = None,
) -> CertificateDocument:
    """Make the document of a line as it stands now, without number and code."""
    return compose(
        session,
        prepared,
        law=line.product_snapshot["law"],
        facts=_facts(line, money),
        land=line.parcel_title,
        officer=officer,
        supersedes=supersedes,
    )


def compose(
    session: Session,
    prepared: Prepared,
    *,
    law: str,
    facts: tuple[Fact, ...],
    land: str,
    officer: Actor,
    supersedes: str | None = None,
) -> CertificateDocument:
    """Put together what is prepared, the land and the council, without number and code."""
    template, filled = prepared.template, prepared.sections
    settings = module_settings(session, CertificatesSettings)
    issuer, body = issuer_of(session), None
    is_whole = prepared.attached is not None and prepared.attached.is_whole
    if template.source is not None and not is_whole:
        body = Body(source=template.source, number=template.number, values=prepared.values)
    return CertificateDocument(
        template=template.printed_with,
        title=template.paper_title,
        law=law,
        issuer=issuer,
        facts=facts,
        land=land,
        sections=tuple(_section(section, each) for section, each in filled),
        data_as_at_on=council_day(session),
        headline=_headline(filled),
        notes=() if is_whole else template.notes,
        signatory=_signatory(officer, settings.signatory_title, issuer.name),
        supersedes=supersedes,
        body=body,
        attached=prepared.attached,
    )


def issuer_of(session: Session) -> Issuer:
    """Return the council as its letterhead names it, with its logo."""
    council = current_organisation(session)
    logo = logo_of(session)
    return Issuer(
        name=council.name,
        accent=council.theme.get("action", DEFAULT_ACCENT),
        abn=council.abn or None,
        postal_address=council.address or None,
        phone=council.phone or None,
        email=council.email or None,
        logo=logo[1] if logo else None,
        time_zone=council.time_zone,
    )


def snapshot_of(document: CertificateDocument) -> dict[str, Any]:
    """Turn a document into JSON to keep.

    The logo stays out: it is a picture of the council, not of the certificate. Of what is attached the SHA-256 is kept.
    """
    snapshot: dict[str, Any] = _documents.dump_python(document, mode="json", exclude=_PICTURES)
    return snapshot


def document_from(snapshot: dict[str, Any]) -> CertificateDocument:
    """Read a kept document again."""
    return _documents.validate_python(snapshot)


def _signatory(officer: Actor, position: str, council: str) -> str:
    """Who signs: an officer with their position, or the position alone when no officer issued it."""
    if officer.kind == "system":
        return position or council
    return f"{officer.name}, {position}" if position else officer.name


def _facts(line: OrderLine, money: MoneyOf) -> tuple[Fact, ...]:
    order, snapshot = line.order, line.property_snapshot
    applicant = f"{order.contact_name}, {order.reference}" if order.reference else order.contact_name
    receipts = ", ".join(receipt.number for receipt in money.receipts)
    facts = [Fact("Applicant", applicant), Fact("Land", line.parcel_title, strong=True)]
    if snapshot["address"]:
        facts.append(Fact("Address", snapshot["address"]))
    if snapshot["assessment"]:
        facts.append(Fact("Assessment", snapshot["assessment"]))
    fee = dollars(line.total_cents)
    facts.append(Fact("Fee", f"{fee}, receipt {receipts}" if receipts else fee))
    facts.append(Fact("Order", order.number))
    return tuple(facts)


def _section(section: SectionOf, filled: Sequence[Filled]) -> Section:
    statements = tuple(
        Statement(each.question.label, each.statement, each.detail, _table(each.answer), each.question.key)
        for each in filled
    )
    return Section(section.number, section.title, statements, section.part)


def _table(answer: Answer | None) -> Table | None:
    if answer and answer.amounts:
        rows = [(row.description, _day(row.due_on), dollars(row.amount_cents)) for row in answer.amounts]
        total = dollars(sum(row.amount_cents for row in answer.amounts))
        return Table("Amounts", ("Rate or charge", "Due on", "Amount"), tuple(rows), (2,), ("Total", "", total))
    if answer and answer.entries:
        entries = [(row.description, row.number or "none", _day(row.dated_on)) for row in answer.entries]
        return Table("Entries", ("What it asks for", "Number", "Dated"), tuple(entries))
    return None


def _headline(filled: Sequence[tuple[SectionOf, Sequence[Filled]]]) -> Fact | None:
    """Return the one figure that the reader looks for: the sum owing, or the number of notices or orders."""
    answered = [each for _, questions in filled for each in questions if each.question.kind in ("amounts", "entries")]
    if not answered or any(each.answer is None for each in answered):
        return None
    amounts = [row for each in answered if each.answer for row in each.answer.amounts or []]
    entries = [row for each in answered if each.answer for row in each.answer.entries or []]
    if answered[0].question.kind == "amounts":
        return Fact("Owing to council", dollars(sum(row.amount_cents for row in amounts)) if amounts else "Nil")
    return Fact("Outstanding", str(len(entries)) if entries else "None")


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""
