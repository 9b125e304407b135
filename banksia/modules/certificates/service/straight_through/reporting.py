"""How many certificates were issued without an officer, why the others were not, and how soon they came."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_zone
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.models import Product
from banksia.modules.certificates.queries import straight_through as queries
from banksia.modules.certificates.queries.products import products_of
from banksia.modules.certificates.schemas.straight_through import ProductShare, ReasonCode, ReasonCount, ShareRead
from banksia.modules.certificates.service.straight_through.rules import rules_in_force
from banksia.modules.certificates.service.working_days import local_day

TITLES: Mapping[ReasonCode, str] = {
    "taken": "An officer took it first",
    "paused": "Paused",
    "second_officer": "Checked by a second officer",
    "money": "Doubt about the payment",
    "customer_wrote": "The customer wrote",
    "land_changed": "The land changed after the order",
    "disputed": "Something about the property is undecided",
    "template": "The template could not print it",
    "signing": "It could not be signed",
    "unknown": "An answer was unknown",
    "overridden": "An answer was written by hand",
    "stale": "An answer was too old",
    "flag": "The land has something an officer looks at",
    "guard": "More than the most in an hour",
    "sample": "Drawn for a look",
}
LONGEST_DAYS = 1100
"""Three years and a little."""


@dataclass(frozen=True)
class Period:
    """Days of the council, both included."""

    from_on: datetime.date
    until_on: datetime.date
    zone: ZoneInfo

    @property
    def start(self) -> datetime.datetime:
        """The first moment of the first day."""
        return self._midnight(self.from_on)

    @property
    def end(self) -> datetime.datetime:
        """The first moment after the last day."""
        return self._midnight(self.until_on + datetime.timedelta(days=1))

    @classmethod
    def last_days(cls, days: int, zone: ZoneInfo) -> "Period":
        """So many days, today the last of them."""
        today = local_day(utc_now(), zone)
        return cls(today - datetime.timedelta(days=days - 1), today, zone)

    def _midnight(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time.min, tzinfo=self.zone)


@dataclass
class _Tally:
    """What is counted, of one product or of all."""

    paid: int = 0
    issued: int = 0
    promised_days: int = 0
    minutes: list[float] = field(default_factory=list)
    reasons: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, other: "_Tally") -> None:
        """Count another one's besides."""
        self.paid += other.paid
        self.issued += other.issued
        self.promised_days += other.promised_days
        self.minutes += other.minutes
        for code, count in other.reasons.items():
            self.reasons[code] += count

    @property
    def decided(self) -> int:
        return self.issued + sum(self.reasons.values())

    @property
    def median_minutes(self) -> float | None:
        return round(median(self.minutes), 1) if self.minutes else None

    @property
    def counts(self) -> list[ReasonCount]:
        """The commonest reason first."""
        pairs = sorted(self.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        return [ReasonCount(code=code, title=TITLES[code], count=count) for code, count in pairs]  # type: ignore[index, arg-type]  # only these are written


def read_share(session: Session, actor: Actor, *, days: int) -> ShareRead:
    """The share of the last days, today included."""
    zone = council_zone(session)
    return straight_through_share(session, actor.organisation_id, Period.last_days(days, zone))


def straight_through_share(session: Session, organisation_id: uuid.UUID, period: Period) -> ShareRead:
    """Count the certificates of one council that were paid in a period, by product and reason.

    Minutes run from the moment the payment was heard of to the moment on the certificate; `promised_days` are the
    working days that customers were promised for the same certificates.
    """
    tallies = _tallies(session, organisation_id, period)
    total = _Tally()
    for tally in tallies.values():
        total.add(tally)
    on = rules_in_force(session, Actor.system(organisation_id)).products
    products = session.scalars(products_of(organisation_id))
    return ShareRead(
        from_on=period.from_on,
        until_on=period.until_on,
        paid_count=total.paid,
        decided_count=total.decided,
        issued_count=total.issued,
        reasons=total.counts,
        median_minutes=total.median_minutes,
        promised_days=total.promised_days,
        products=list(_shares(products, tallies, on)),
    )


def _tallies(session: Session, organisation_id: uuid.UUID, period: Period) -> dict[str, _Tally]:
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    bounds = (organisation_id, period.start, period.end)
    for product, count in session.execute(queries.paid_by_product(*bounds)).all():
        tallies[product].paid = count
    for product, reason, count in session.execute(queries.reasons_by_product(*bounds)).all():
        tallies[product].reasons[str(reason)] += count
    for product, days, queued_at, issued_at in session.execute(queries.issued_by_product(*bounds)).all():
        tally = tallies[product]
        tally.issued += 1
        tally.promised_days += days
        # A certificate's moment has no fraction of a second, and may so lie before the payment's.
        tally.minutes.append(max(0.0, (issued_at - (queued_at or issued_at)).total_seconds() / 60))
    return tallies


def _shares(products: Iterable[Product], tallies: Mapping[str, _Tally], on: Iterable[str]) -> Iterable[ProductShare]:
    for product in products:
        tally = tallies.get(product.code)
        if tally:
            yield ProductShare(
                product=product.code,
                title=product.title,
                is_on=product.code in on,
                paid_count=tally.paid,
                decided_count=tally.decided,
                issued_count=tally.issued,
                reasons=tally.counts,
                median_minutes=tally.median_minutes,
                promised_days=tally.promised_days,
            )
