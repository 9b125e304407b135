"""Surcharges: off until a council turns one on, per method and from a day on; the day is the council's own."""

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_day
from banksia.foundation.payments.errors import SurchargeDatesInvalid, SurchargeNotFound
from banksia.foundation.payments.models import Payable, Surcharge
from banksia.foundation.payments.queries import paying as queries
from banksia.foundation.payments.schemas.paying import SurchargeCreate, SurchargeRead
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id

WHOLE = 10_000
"""Basis points in a whole."""
_WORDS = {"card": "Card surcharge", "eftpos": "EFTPOS surcharge"}


def surcharge_cents(amount_cents: int, basis_points: int) -> int:
    """What is asked on top of an amount, in cents, half a cent rounded up."""
    return (amount_cents * basis_points + WHOLE // 2) // WHOLE


def surcharge_gst_cents(surcharge: int, owed: Payable) -> int:
    """The GST contained in a surcharge on a payable, in cents: by the share of its taxable lines, rounded once.

    A fee for the way something is paid follows what is paid for: on a taxable supply it is taxable, on an exempt one it
    is not, on a mixed one it is in the same share. Source: Australian Taxation Office, GST and surcharges on card
    payments; A New Tax System (Goods and Services Tax) Act 1999, s 9-70 and s 9-80.
    """
    taxable_cents = sum(line.amount_cents for line in owed.lines if line.gst_treatment == "taxable")
    divisor = owed.total_cents * 11
    return (2 * surcharge * taxable_cents + divisor) // (2 * divisor)


def surcharge_words(method: str, basis_points: int) -> str:
    """`Card surcharge 0.85 %`, as the payment page and the receipt call it."""
    return f"{_WORDS[method]} {basis_points / 100:.2f} %"


def basis_points_of(session: Session, method: str, *, at: datetime | None = None) -> int:
    """What a way to pay cost on top at a moment, by default now, in hundredths of a percent; 0 is nothing."""
    return all_basis_points(session, at=at).get(method, 0)


def all_basis_points(session: Session, *, at: datetime | None = None) -> dict[str, int]:
    """What each way to pay cost on top at a moment, by default now; a way that costs nothing has no entry.

    Asked again later about the same moment it answers the same: surcharges are changed from today on only.
    """
    moment = at or utc_now()
    day = council_day(session, moment)
    began = session.scalars(queries.surcharges_on(organisation_id_of(session), day, known_at=moment))
    return {row.method: row.basis_points for row in began if _holds(row, day, moment)}


def _holds(row: Surcharge, day: date, moment: datetime) -> bool:
    """Whether one that has begun is not over: its last day by the council's calendar, or stopped before that."""
    stopped = row.stopped_at is not None and row.stopped_at <= moment
    return not stopped and (row.until_on is None or row.until_on >= day)


def list_surcharges(session: Session) -> list[SurchargeRead]:
    """Every surcharge there was, is and will be, the latest first; a council has few."""
    now = utc_now()
    day = council_day(session, now)
    organisation_id = organisation_id_of(session)
    began = session.scalars(queries.surcharges_on(organisation_id, day, known_at=now))
    holding = {row.id for row in began if _holds(row, day, now)}
    rows = session.scalars(
        queries.surcharges_of(organisation_id).order_by(Surcharge.from_on.desc(), Surcharge.id.desc())
    )
    return [_read(row, holds=row.id in holding) for row in rows]


def _read(row: Surcharge, *, holds: bool) -> SurchargeRead:
    return SurchargeRead.model_validate(
        {
            "id": row.id,
            "method": row.method,
            "basis_points": row.basis_points,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "stopped_at": row.stopped_at,
            "holds": holds,
        }
    )


def add_surcharge(session: Session, actor: Actor, *, wish: SurchargeCreate) -> SurchargeRead:
    """Charge for a way to pay from a day on; an earlier surcharge of it does not hold from then.

    Raises SurchargeDatesInvalid for a day that is over, or an end before its beginning.
    """
    today = council_day(session)
    if wish.from_on < today:
        raise SurchargeDatesInvalid("from_on", "A surcharge begins today at the earliest.")
    if wish.until_on is not None and wish.until_on < wish.from_on:
        raise SurchargeDatesInvalid("until_on", "The last day is before the first.")
    surcharge = Surcharge(id=new_id(), organisation_id=organisation_id_of(session), **wish.model_dump())
    session.add(surcharge)
    session.flush()
    audit.record(session, actor, "payments.surcharge_added", subject=surcharge, detail=wish.model_dump(mode="json"))
    return _read(surcharge, holds=wish.from_on == today)


def end_surcharge(
    session: Session, actor: Actor, *, surcharge_id: uuid.UUID, until_on: date | None
) -> list[SurchargeRead]:
    """Charge for it until a last day, or no more from now on; one that has not begun by then is taken away.

    A payment page that is open asks for what it asked for. Answers what there is then. Raises SurchargeNotFound,
    SurchargeDatesInvalid for a day or a surcharge that is over: what was charged stays explained.
    """
    statement = queries.surcharges_of(organisation_id_of(session)).where(Surcharge.id == surcharge_id)
    surcharge = session.scalar(statement.with_for_update())
    if surcharge is None:
        raise SurchargeNotFound
    now = utc_now()
    today = council_day(session, now)
    last = until_on or today
    if last < today:
        raise SurchargeDatesInvalid("until_on", "The last day is today at the earliest.")
    if surcharge.stopped_at or (surcharge.until_on is not None and surcharge.until_on < today):
        raise SurchargeDatesInvalid("until_on", "This surcharge is over. Add another to ask for one again.")
    ended = {"until_on": str(last)} if until_on else {"stopped_at": now.isoformat()}
    audit.record(session, actor, "payments.surcharge_ended", subject=surcharge, detail=ended)
    if last < surcharge.from_on:
        session.delete(surcharge)
    else:
        surcharge.until_on = last
        surcharge.stopped_at = now if until_on is None else None
    session.flush()
    return list_surcharges(session)
