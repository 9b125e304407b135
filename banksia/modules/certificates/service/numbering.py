"""Numbers that people read out: of orders, and of certificates per prefix and year."""

import secrets
import uuid
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, current_organisation, module_settings
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.certificates.models import NumberSeries
from banksia.modules.certificates.queries.orders import last_number
from banksia.modules.certificates.service.working_days import local_day
from banksia.modules.certificates.settings import CertificatesSettings

ORDERS = "orders"
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
"""No 0, 1, I, O or U: nobody mistakes one for another, and no word is spelt by accident."""
CODE_LENGTH = 16


def next_order_number(session: Session) -> str:
    """Give the next order number, like `BH-2026-00001`; call it late, as its row is locked."""
    council = current_organisation(session)
    year = local_day(utc_now(), ZoneInfo(council.time_zone)).year
    prefix = module_settings(session, CertificatesSettings).order_prefix or initials(council.name)
    return f"{prefix}-{year}-{_next(session, ORDERS, year):05d}"


def next_certificate_number(session: Session, prefix: str) -> str:
    """Give the next number of a prefix this year, like `10.7/2026/0001`; call it late, as its row is locked."""
    year = council_day(session).year
    return f"{prefix}/{year}/{_next(session, _series(prefix), year):04d}"


def likely_certificate_number(session: Session, prefix: str) -> str:
    """Say which number would be given now; someone else may take it first."""
    year = council_day(session).year
    last = session.scalar(last_number(organisation_id_of(session), _series(prefix), year)) or 0
    return f"{prefix}/{year}/{last + 1:04d}"


def random_code() -> str:
    """Make the code of a certificate: 79 bits, which nobody guesses from its number."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def code_in_groups(code: str) -> str:
    """Write a code as it stands on paper: `K7QF-2M9X-HT4C-8PVD`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """Read a code as somebody typed it from paper, with or without its hyphens."""
    return "".join(character for character in typed.upper() if character.isalnum())


def initials(name: str) -> str:
    """Take the first letters of a council's name: `BH` of Blue Hills Shire Council."""
    generic = {"council", "shire", "city", "regional", "municipal", "the", "of", "and"}
    words = [word for word in name.split() if word.lower() not in generic and word[0].isalpha()]
    return "".join(word[0] for word in words).upper()[:4] or "C"


def _series(prefix: str) -> str:
    return f"certificates {prefix}"


def _next(session: Session, series: str, year: int) -> int:
    organisation_id: uuid.UUID = organisation_id_of(session)
    statement = insert(NumberSeries).values(
        id=new_id(),
        created_at=utc_now(),
        organisation_id=organisation_id,
        series=series,
        year=year,
        last_number=1,
    )
    given = statement.on_conflict_do_update(
        index_elements=["organisation_id", "series", "year"],
        set_={"last_number": NumberSeries.last_number + 1},
    ).returning(NumberSeries.last_number)
    return session.scalars(given).one()
