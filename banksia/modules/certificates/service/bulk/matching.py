"""What each row of a table means: only land that is named exactly, and by one lot alone, is ready to be ordered."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import limit_rate
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.errors import Unauthenticated
from banksia.modules.certificates.errors import AccountNeeded
from banksia.modules.certificates.schemas.basket import Obstacle, ObstacleRead
from banksia.modules.certificates.schemas.bulk import BulkRead, BulkRow, BulkRowRead, Verdict
from banksia.modules.certificates.schemas.orders import EarlierLine, LineCreate
from banksia.modules.certificates.service.basket import Looked, find_clashes, look_at
from banksia.modules.certificates.service.bulk.finding import Found, find_land
from banksia.modules.certificates.service.catalogue import Offer, offers_at
from banksia.modules.certificates.service.duplicates import EarlierKey, earlier_for

MOST_CHECKS_AN_HOUR = 600
YES, NO = ("yes", "y", "true", "1", "urgent"), ("", "no", "n", "false", "0", "standard")
SURPLUS = "This row has more cells than the table has columns. Put an address with a comma in quotes."
_VERDICTS: dict[Obstacle, Verdict] = {
    "product_unknown": "product_unknown",
    "product_retired": "product_unknown",
    "product_elsewhere": "product_unknown",
    "product_closed": "product_closed",
    "not_urgent": "not_urgent",
    "property_unknown": "not_found",
    "no_parcel": "not_found",
    "parcel_unknown": "not_found",
    "historic": "historic",
    "proposed": "proposed",
    "contained": "contained",
    "twice": "twice",
}


@dataclass
class _Row:
    """A row on its way to its verdict."""

    written: BulkRow
    found: Found
    offer: Offer | None
    product_problem: str | None
    urgent: bool | None
    looked: Looked | None = None
    also_row: int | None = None

    @property
    def line(self) -> LineCreate | None:
        """The line that it orders, once land, product and speed are known."""
        land = self.found.land
        if land is None or self.offer is None or self.urgent is None:
            return None
        code = self.offer.product.code
        return LineCreate(property_id=land.property_id, parcel=land.parcel, product=code, urgent=self.urgent)


def expect_customer(actor: Actor) -> str:
    """Return the customer's id as it is counted by; raises Unauthenticated and AccountNeeded for anybody else."""
    if actor.kind == "guest":
        raise Unauthenticated
    if not actor.is_customer or actor.user_id is None:
        raise AccountNeeded
    return str(actor.user_id)


def check_rows(session: Session, actor: Actor, rows: Sequence[BulkRow]) -> BulkRead:
    """Give each row its verdict. Besides one search for each different land, the statements are the same for any table.

    Raises Unauthenticated, AccountNeeded and TooManyRequests.
    """
    subject = expect_customer(actor)
    limit_rate(session, "certificates.check_rows", subject=subject, at_most=MOST_CHECKS_AN_HOUR, per=timedelta(hours=1))
    offers = offers_at(session, utc_now())
    names = _names_of(offers)
    checked = [_begin(row, found, names) for row, found in zip(rows, find_land(session, rows), strict=True)]
    whole = [row for row in checked if row.line]
    for row, looked in zip(whole, look_at(session, actor, [row.line for row in whole if row.line]), strict=True):
        row.looked = looked
    _find_clashes(whole)
    lands = [row.looked.land for row in whole if row.looked and row.looked.land]
    earlier = earlier_for(session, actor, lands)
    read = [_read(row, earlier) for row in checked]
    ready = [row for row in read if row.verdict == "ready"]
    return BulkRead(
        rows=read,
        ready_count=len(ready),
        order_count=len({row.matter for row in ready}),
        total_cents=sum(row.cents or 0 for row in ready),
    )


def _begin(row: BulkRow, found: Found, names: dict[str, Offer | None]) -> _Row:
    if row.has_surplus:
        return _Row(row, Found("unreadable", SURPLUS), None, None, None)
    offer = names.get(_plain(row.product))
    problem = None if offer else _unknown_product(row.product, names)
    word = row.urgent.lower()
    return _Row(row, found, offer, problem, True if word in YES else False if word in NO else None)


def _unknown_product(typed: str, names: dict[str, Offer | None]) -> str:
    codes = dict.fromkeys(offer.product.code for offer in names.values() if offer)
    what = f"The council does not sell “{typed}”." if typed else "This row names no certificate."
    return f"{what} Choose one of {', '.join(codes)}."


def _names_of(offers: dict[str, Offer]) -> dict[str, Offer | None]:
    """Return each product by its code, its title and its short title; a name that two share is neither's."""
    names: dict[str, Offer | None] = {}
    for offer in offers.values():
        for name in {_plain(offer.product.title), _plain(offer.product.short_title)}:
            names[name] = None if name in names else offer
    return names | {_plain(code): offer for code, offer in offers.items()}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _find_clashes(rows: Sequence[_Row]) -> None:
    """Look for clashes within each matter, which is one order, and say when two matters order the same."""
    groups: defaultdict[str, list[_Row]] = defaultdict(list)
    first: dict[tuple[str, str], _Row] = {}
    for row in rows:
        groups[row.written.matter].append(row)
        if row.looked and row.looked.land and row.offer:
            earlier = first.setdefault((row.looked.land.parcel, row.offer.product.code), row)
            if earlier.written.matter != row.written.matter:
                row.also_row = earlier.written.row
    for group in groups.values():
        find_clashes([row.looked for row in group if row.looked])


def _problems(row: _Row) -> list[tuple[Verdict, str]]:
    found: list[tuple[Verdict, str]] = []
    if row.found.verdict != "ready":
        found.append((row.found.verdict, row.found.message))
    if row.product_problem:
        found.append(("product_unknown", row.product_problem))
    if row.urgent is None and not row.written.has_surplus:
        found.append(("unreadable", f"“{row.written.urgent}” is neither yes nor no. Write one of them under urgent."))
    if row.offer and row.offer.closed and not row.looked:
        found.append(("product_closed", row.offer.closed.reason))
    return found + [(_verdict(each), each.message) for each in (row.looked.obstacles if row.looked else ())]


def _verdict(obstacle: ObstacleRead) -> Verdict:
    return _VERDICTS.get(obstacle.kind, "unreadable")


def _read(row: _Row, earlier: dict[EarlierKey, EarlierLine]) -> BulkRowRead:
    problems = _problems(row)
    land = row.looked.land if row.looked else None
    choice = row.looked.choice if row.looked else None
    product = row.offer.product if row.offer else None
    key = (land.property_id, land.parcel, product.code) if land and product else None
    settled = row.found.land if land or not row.looked else None
    return BulkRowRead(
        **row.written.model_dump(exclude={"property_id", "found_parcel"}),
        property_id=settled.property_id if settled else None,
        found_parcel=land.parcel if land else settled.parcel if settled else None,
        verdict=problems[0][0] if problems else "ready",
        message=" ".join(message for _, message in problems),
        parcel_title=land.parcel_title if land else settled.parcel_title if settled else None,
        found_address=land.address if land else settled.address if settled else None,
        product_code=product.code if product else None,
        product_title=product.title if product else None,
        is_urgent=bool(row.urgent),
        cents=choice.cents if choice else None,
        due_on=choice.offer.due_on(urgent=choice.urgent) if choice else None,
        choices=[] if row.found.verdict == "ready" else list(row.found.choices),
        successors=list(row.found.successors),
        also_row=row.also_row,
        earlier=earlier.get(key) if key else None,
    )
