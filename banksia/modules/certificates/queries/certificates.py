"""Drafts, intents to issue, and certificates."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from banksia.kit.among import among
from banksia.modules.certificates.models import Certificate, Draft, Issuance


def certificates_of(organisation_id: uuid.UUID) -> Select[Certificate]:
    """Every certificate of the council."""
    return select(Certificate).where(Certificate.organisation_id == organisation_id)


def certificates_of_lines(organisation_id: uuid.UUID, line_ids: Iterable[uuid.UUID]) -> Select[Certificate]:
    """The certificates of some lines, newest first."""
    return certificates_of(organisation_id).where(among(Certificate.line_id, line_ids)).order_by(Certificate.id.desc())


def certificate_with_id(organisation_id: uuid.UUID, certificate_id: uuid.UUID) -> Select[Certificate]:
    """One certificate."""
    return certificates_of(organisation_id).where(Certificate.id == certificate_id)


def certificate_with_code(organisation_id: uuid.UUID, number: str, code: str) -> Select[Certificate]:
    """The certificate that carries both this number and this code."""
    found = certificates_of(organisation_id).where(Certificate.number == number, Certificate.code == code)
    return found.options(undefer(Certificate.document))


def certificate_with_file(organisation_id: uuid.UUID, sha256: str) -> Select[Certificate]:
    """The certificate whose file has this SHA-256, in hexadecimal."""
    return certificates_of(organisation_id).where(Certificate.sha256 == sha256).order_by(Certificate.id.desc()).limit(1)


def successor_of(organisation_id: uuid.UUID, certificate_id: uuid.UUID) -> Select[Certificate]:
    """The certificate that replaced another."""
    return certificates_of(organisation_id).where(Certificate.supersedes_id == certificate_id)


def draft_of(organisation_id: uuid.UUID, line_id: uuid.UUID) -> Select[Draft]:
    """The answers saved for a line."""
    return select(Draft).where(Draft.organisation_id == organisation_id, Draft.line_id == line_id)


def open_issuance(organisation_id: uuid.UUID, line_id: uuid.UUID) -> Select[Issuance]:
    """The decision to issue a line that is not carried out yet."""
    return select(Issuance).where(
        Issuance.organisation_id == organisation_id, Issuance.line_id == line_id, Issuance.finished_at.is_(None)
    )


def open_issuances(organisation_id: uuid.UUID, line_ids: Iterable[uuid.UUID]) -> Select[Issuance]:
    """The decisions to issue some lines that are not carried out yet."""
    return select(Issuance).where(
        Issuance.organisation_id == organisation_id,
        Issuance.line_id.in_(list(line_ids)),
        Issuance.finished_at.is_(None),
    )


def issuances_with_ids(organisation_id: uuid.UUID, issuance_ids: Iterable[uuid.UUID]) -> Select[Issuance]:
    """Some decisions to issue."""
    return select(Issuance).where(Issuance.organisation_id == organisation_id, Issuance.id.in_(list(issuance_ids)))


def issuance_with_id(organisation_id: uuid.UUID, issuance_id: uuid.UUID) -> Select[Issuance]:
    """One decision to issue."""
    return select(Issuance).where(Issuance.organisation_id == organisation_id, Issuance.id == issuance_id)
