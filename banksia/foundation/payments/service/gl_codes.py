"""The codes of the council's general ledger, and those in use that nobody has named."""

import uuid

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.payments.errors.finance import GlCodeNotFound, GlCodeTaken
from banksia.foundation.payments.models import GlCode
from banksia.foundation.payments.queries import finance as queries
from banksia.foundation.payments.schemas.reports import GlCodeRead, MissingGlCodes
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.paging import Key, page_of
from banksia.kit.schemas import Page

MOST_MISSING = 200


def add_gl_code(session: Session, actor: Actor, *, code: str, title: str) -> GlCode:
    """Name a code of the general ledger. Raises GlCodeTaken."""
    added = GlCode(id=new_id(), organisation_id=organisation_id_of(session), code=code, title=title)
    session.add(added)
    try:
        session.flush()
    except IntegrityError as error:
        if "uq_gl_codes_organisation_id" in str(error.orig):
            raise GlCodeTaken(code) from error
        raise
    audit.record(session, actor, "payments.gl_code_added", subject=added, detail={"code": code, "title": title})
    return added


def update_gl_code(session: Session, actor: Actor, *, gl_code_id: uuid.UUID, title: str, closed: bool) -> GlCode:
    """Give a code another name, close it or open it again. Raises GlCodeNotFound."""
    statement = queries.gl_codes_of(organisation_id_of(session)).where(GlCode.id == gl_code_id)
    found = session.scalar(statement.with_for_update())
    if found is None:
        raise GlCodeNotFound
    before = {"title": found.title, "closed": found.closed_at is not None}
    after = {"title": title, "closed": closed}
    if before != after:
        found.title = title
        found.closed_at = (found.closed_at or utc_now()) if closed else None
        detail = {"code": found.code, "before": before, "after": after}
        audit.record(session, actor, "payments.gl_code_changed", subject=found, detail=detail)
    return found


def gl_code_page(session: Session, *, closed: bool | None, cursor: str | None, limit: int) -> Page[GlCodeRead]:
    """Codes in their order, of both kinds unless one is asked for."""
    codes = queries.gl_codes_of(organisation_id_of(session))
    if closed is not None:
        codes = codes.where(GlCode.closed_at.is_not(None) if closed else GlCode.closed_at.is_(None))
    rows, following = page_of(session, codes, keys=[Key(GlCode.code, "code")], limit=limit, cursor=cursor)
    return Page(results=[GlCodeRead.model_validate(row) for row in rows], next_cursor=following)


def missing_gl_codes(session: Session) -> MissingGlCodes:
    """Codes that something was sold under and that nobody has named."""
    statement = queries.missing_codes(organisation_id_of(session)).limit(MOST_MISSING)
    return MissingGlCodes(codes=list(session.scalars(statement)))
