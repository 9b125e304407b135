"""A basket as its customer sees it: prices of now, what stands against a line with the way out, and what was bought."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.schemas.basket import BasketLineRead, BasketRead, SuccessorRead
from banksia.modules.certificates.schemas.orders import EarlierLine, LineCreate
from banksia.modules.certificates.service.basket import Looked, find_clashes, look_at
from banksia.modules.certificates.service.duplicates import earlier_for
from banksia.modules.property.public import leads_to

MOST_HISTORIC = 20
"""For so many historic lots the successors are looked up; a basket with more is searched for again, lot by lot."""


def read_basket(session: Session, actor: Actor, lines: Sequence[LineCreate]) -> BasketRead:
    """Say for each line what it costs now and what stands against it; nothing is written, nothing raises."""
    looked = look_at(session, actor, lines)
    find_clashes(looked)
    earlier = earlier_for(session, actor, [each.land for each in looked if each.land])
    successors = _successors(session, looked)
    read = []
    for each in looked:
        code = each.offer.product.code if each.offer else None
        key = (each.land.property_id, each.land.parcel, code) if each.land and code else None
        read.append(_read(each, earlier.get(key) if key else None, successors))
    return BasketRead(lines=read, total_cents=sum(each.choice.cents for each in looked if each.choice))


def _read(each: Looked, earlier: EarlierLine | None, successors: dict[str, list[SuccessorRead]]) -> BasketLineRead:
    choice = each.choice
    historic = each.land is not None and each.land.status == "historic"
    product = each.offer.product if each.offer else each.unsold
    return BasketLineRead(
        product_title=product.title if product else None,
        parcel_title=each.land.parcel_title if each.land else None,
        cents=choice.cents if choice else None,
        due_on=choice.offer.due_on(urgent=choice.urgent) if choice else None,
        obstacles=each.obstacles,
        successors=successors.get(each.land.parcel, []) if historic and each.land else [],
        contained_in=each.contained_in,
        also_at=each.also_at,
        earlier=earlier,
    )


def _successors(session: Session, looked: Sequence[Looked]) -> dict[str, list[SuccessorRead]]:
    historic = {
        each.land.parcel: each.land.parcel_id for each in looked if each.land and each.land.status == "historic"
    }
    return {
        parcel: [
            SuccessorRead(property_id=each.property_id, parcel=each.text, parcel_title=each.title)
            for each in leads_to(session, parcel_id)
        ]
        for parcel, parcel_id in list(historic.items())[:MOST_HISTORIC]
    }
