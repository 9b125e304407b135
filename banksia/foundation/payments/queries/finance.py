"""Every SELECT of codes of the general ledger and of checks of the books, scoped to one organisation."""

import uuid

from sqlalchemy import Select, select

from banksia.foundation.payments.models import BooksCheck, GlCode, PayableLine


def gl_codes_of(organisation_id: uuid.UUID) -> Select[GlCode]:
    """The codes of the council's general ledger."""
    return select(GlCode).where(GlCode.organisation_id == organisation_id)


def missing_codes(organisation_id: uuid.UUID) -> Select[str]:
    """Codes that something was owed under and that the list does not have."""
    known = gl_codes_of(organisation_id).with_only_columns(GlCode.code)
    used = select(PayableLine.gl_code).where(PayableLine.organisation_id == organisation_id).distinct().subquery()
    return select(used.c.gl_code).where(used.c.gl_code.not_in(known)).order_by(used.c.gl_code)


def checks_of(organisation_id: uuid.UUID) -> Select[BooksCheck]:
    """How the checks of the books stand."""
    return select(BooksCheck).where(BooksCheck.organisation_id == organisation_id)


def failing_checks(organisation_id: uuid.UUID) -> Select[BooksCheck]:
    """Those that do not stand well; a council has a dozen checks."""
    return checks_of(organisation_id).where(BooksCheck.failing_since.is_not(None))
