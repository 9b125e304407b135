"""Every SELECT of the audit log."""

import uuid

from sqlalchemy import Select, select

from banksia.foundation.audit.models import Entry, Head, Verification


def entries_of(organisation_id: uuid.UUID) -> Select[Entry]:
    """The entries of one organisation."""
    return select(Entry).where(Entry.organisation_id == organisation_id)


def head_of(organisation_id: uuid.UUID) -> Select[Head]:
    """The end of one organisation's chain."""
    return select(Head).where(Head.organisation_id == organisation_id)


def verifications_of(organisation_id: uuid.UUID) -> Select[Verification]:
    """The walks along the chain, newest first."""
    return select(Verification).where(Verification.organisation_id == organisation_id).order_by(Verification.id.desc())
