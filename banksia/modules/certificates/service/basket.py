"""Checking what somebody wants to order against the catalogue and the land, before anything is written."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.certificates.errors import OrderInvalid
from banksia.modules.certificates.models import Product
from banksia.modules.certificates.permissions import ORDERS_LODGE
from banksia.modules.certificates.queries.products import products_with_codes
from banksia.modules.certificates.schemas.basket import Obstacle, ObstacleRead
from banksia.modules.certificates.schemas.orders import LineCreate
from banksia.modules.certificates.service.catalogue import Offer, offers_at
from banksia.modules.certificates.service.land import Land, ParcelsByProperty, find_lands, plain_parcel

UNKNOWN_PROPERTY = "This property is not in the council's register. Search for it again."
NO_PARCEL = "This property has no lot in the register, so nothing can be ordered for it online. Call the council."
NOT_ITS_PARCEL = "{parcel} does not belong to this property. Choose one of its lots."
UNSELLABLE: dict[str, tuple[Obstacle, str]] = {
    "historic": (
        "historic",
        "{parcel} no longer exists. Search for it to find the lots that it became, and order for one of those.",
    ),
    "proposed": ("proposed", "{parcel} is not registered yet. Order once it is."),
}


@dataclass(frozen=True)
class Choice:
    """One line of an order whose product can be sold for its land."""

    offer: Offer
    land: Land
    urgent: bool
    override_reason: str | None = None
    """Why staff order for a parcel that is historic."""

    @property
    def cents(self) -> int:
        """What it costs now."""
        return self.offer.fee.fee_cents + ((self.offer.fee.urgent_fee_cents or 0) if self.urgent else 0)


@dataclass
class Looked:
    """One line with what was found for it, and everything that stands against it."""

    line: LineCreate
    offer: Offer | None = None
    unsold: Product | None = None
    """A product of the council that is not sold, or not any more."""
    land: Land | None = None
    obstacles: list[ObstacleRead] = field(default_factory=list)
    contained_in: int | None = None
    also_at: int | None = None

    def refuse(self, kind: Obstacle, where: str, message: str) -> None:
        """Note what stands against it."""
        self.obstacles.append(ObstacleRead(kind=kind, field=where, message=message))

    @property
    def choice(self) -> Choice | None:
        """What it buys, when nothing stands against it."""
        if self.obstacles or self.offer is None or self.land is None:
            return None
        overridden = self.line.override_reason if self.land.status == "historic" else None
        return Choice(self.offer, self.land, self.line.urgent, overridden)


def check_basket(session: Session, actor: Actor, lines: Sequence[LineCreate]) -> list[Choice]:
    """Return what each line buys; raises OrderInvalid with one error per line that cannot be sold."""
    (choices,) = check_baskets(session, actor, [lines])
    return choices


def check_baskets(session: Session, actor: Actor, baskets: Sequence[Sequence[LineCreate]]) -> list[list[Choice]]:
    """As `check_basket` for several orders, in a constant number of statements; their lines are counted as one list."""
    looked = look_at(session, actor, [line for lines in baskets for line in lines])
    parts: list[list[Looked]] = []
    for lines in baskets:
        done = sum(map(len, parts))
        parts.append(looked[done : done + len(lines)])
    if not any(each.obstacles for each in looked):
        for part in parts:
            find_clashes(part)
    errors = [
        {"field": f"lines.{index}.{obstacle.field}", "message": obstacle.message}
        for index, each in enumerate(looked)
        for obstacle in each.obstacles
    ]
    if errors:
        raise OrderInvalid(errors[0]["message"], errors=errors)
    return [[choice for each in part if (choice := each.choice)] for part in parts]


def look_at(session: Session, actor: Actor, lines: Sequence[LineCreate]) -> list[Looked]:
    """Look up each line by itself, in a constant number of statements; clashes among them are not looked for."""
    offers = offers_at(session, utc_now())
    unsold = _unsold(session, {line.product for line in lines} - offers.keys())
    lands = find_lands(session, {line.property_id for line in lines})
    may_override = not actor.is_customer and actor.may(ORDERS_LODGE)
    found = []
    for line in lines:
        looked = Looked(line, unsold=unsold.get(line.product))
        _find_offer(looked, offers)
        _find_land(looked, lands, may_override=may_override)
        found.append(looked)
    return found


def _find_offer(looked: Looked, offers: dict[str, Offer]) -> None:
    line, offer = looked.line, offers.get(looked.line.product)
    looked.offer = offer
    if offer is None:
        looked.refuse(*_why_unsold(looked))
    elif offer.closed:
        looked.refuse("product_closed", "product", offer.closed.reason)
    elif line.urgent and offer.urgent_due_on is None:
        message = f"{offer.product.title} is not offered as urgent. Order it with the standard turnaround."
        looked.refuse("not_urgent", "urgent", message)


def _unsold(session: Session, codes: set[str]) -> dict[str, Product]:
    """The products of these codes, which no offer has; a basket of what is sold asks for none."""
    if not codes:
        return {}
    return {each.code: each for each in session.scalars(products_with_codes(organisation_id_of(session), codes))}


def _why_unsold(looked: Looked) -> tuple[Obstacle, str, str]:
    product = looked.unsold
    if product is None:
        message = f"The council does not sell “{looked.line.product}”. Choose from its catalogue."
        return "product_unknown", "product", message
    if product.kind == "link" and product.is_offered:
        message = f"{product.title} is not ordered from the council. Get it at {product.link_url}."
        return "product_elsewhere", "product", message
    message = f"The council does not sell {product.title} any more. Choose from its catalogue."
    return "product_retired", "product", message


def _find_land(looked: Looked, lands: ParcelsByProperty, *, may_override: bool) -> None:
    line, parcels = looked.line, lands.get(looked.line.property_id)
    if parcels is None:
        looked.refuse("property_unknown", "property_id", UNKNOWN_PROPERTY)
        return
    if not parcels:
        looked.refuse("no_parcel", "parcel", NO_PARCEL)
        return
    land = looked.land = parcels.get(plain_parcel(line.parcel))
    if land is None:
        looked.refuse("parcel_unknown", "parcel", NOT_ITS_PARCEL.format(parcel=line.parcel))
        return
    if land.status == "historic" and line.override_reason and may_override:
        return
    if land.status in UNSELLABLE:
        kind, sentence = UNSELLABLE[land.status]
        looked.refuse(kind, "parcel", sentence.format(parcel=land.parcel_title))


def find_clashes(looked: Sequence[Looked]) -> None:
    """Note the same certificate twice, a certificate beside one that contains it, and one lot under two properties."""
    places: dict[tuple[uuid.UUID, str, str], int] = {}
    parcels: dict[tuple[str, str], int] = {}
    for index, each in enumerate(looked):
        if each.land is None or each.offer is None:
            continue
        product, land = each.offer.product, each.land
        first = places.setdefault((land.property_id, land.parcel, product.code), index)
        if first != index:
            message = f"{product.title} for {land.parcel_title} is in this order twice. Remove one."
            each.refuse("twice", "product", message)
        same_lot = parcels.setdefault((land.parcel, product.code), index)
        each.also_at = same_lot if same_lot not in (index, first) else None
    for (property_id, parcel, _), place in places.items():
        container = looked[place]
        for code in container.offer.product.contains if container.offer else ():
            _refuse_contained(looked, code, property_id, parcel, place)


def _refuse_contained(looked: Sequence[Looked], code: str, property_id: uuid.UUID, parcel: str, place: int) -> None:
    outer = looked[place].offer
    for each in looked:
        here = each.land is not None and (each.land.property_id, each.land.parcel) == (property_id, parcel)
        if here and each.land and each.offer and outer and each.offer.product.code == code:
            title = each.offer.product.title
            message = f"{outer.product.title} includes {title}. Remove {title} for {each.land.parcel_title}."
            each.contained_in = place
            each.refuse("contained", "product", message)
