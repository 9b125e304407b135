"""Checking what somebody wants to order against the catalogue and the land, before anything is written."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors import OrderInvalid
from banksia.modules.certificates.schemas.orders import LineCreate
from banksia.modules.certificates.service.catalogue import Offer, offers_at
from banksia.modules.certificates.service.land import Land, ParcelsByProperty, find_lands, plain_parcel

UNKNOWN_PROPERTY = "This property is not in the council's register. Search for it again."
NO_PARCEL = "This property has no lot in the register, so nothing can be ordered for it online. Call the council."
NOT_ITS_PARCEL = "{parcel} does not belong to this property. Choose one of its lots."
UNSELLABLE = {
    "historic": "{parcel} no longer exists. Search for it to find the lots that it became, and order for one of those.",
    "proposed": "{parcel} is not registered yet. Order once it is.",
}


@dataclass(frozen=True)
class Choice:
    """One line of an order whose product can be sold for its land."""

    offer: Offer
    land: Land
    urgent: bool


def check_basket(session: Session, lines: Sequence[LineCreate]) -> list[Choice]:
    """Return what each line buys; raises OrderInvalid with one error per line that cannot be sold."""
    offers = offers_at(session, utc_now())
    lands = find_lands(session, {line.property_id for line in lines})
    errors: list[dict[str, str]] = []
    choices: list[Choice] = []
    for index, line in enumerate(lines):
        offer, product_error = _find_offer(line, offers)
        land, land_error = _find_land(line, lands)
        if product_error:
            errors.append({"field": f"lines.{index}.{product_error[0]}", "message": product_error[1]})
        if land_error:
            errors.append({"field": f"lines.{index}.{land_error[0]}", "message": land_error[1]})
        if offer and land:
            choices.append(Choice(offer, land, line.urgent))
    errors = errors or _clashes(choices)
    if errors:
        raise OrderInvalid(errors[0]["message"], errors=errors)
    return choices


def _find_offer(line: LineCreate, offers: dict[str, Offer]) -> tuple[Offer | None, tuple[str, str] | None]:
    offer = offers.get(line.product)
    if offer is None:
        return None, ("product", f"The council does not sell “{line.product}”. Choose from its catalogue.")
    if offer.closed:
        return None, ("product", offer.closed.reason)
    if line.urgent and offer.urgent_due_on is None:
        return None, (
            "urgent",
            f"{offer.product.title} is not offered as urgent. Order it with the standard turnaround.",
        )
    return offer, None


def _find_land(line: LineCreate, lands: ParcelsByProperty) -> tuple[Land | None, tuple[str, str] | None]:
    parcels = lands.get(line.property_id)
    if parcels is None:
        return None, ("property_id", UNKNOWN_PROPERTY)
    if not parcels:
        return None, ("parcel", NO_PARCEL)
    land = parcels.get(plain_parcel(line.parcel))
    if land is None:
        return None, ("parcel", NOT_ITS_PARCEL.format(parcel=line.parcel))
    if land.status in UNSELLABLE:
        return None, ("parcel", UNSELLABLE[land.status].format(parcel=land.parcel_title))
    return land, None


def _clashes(choices: Sequence[Choice]) -> list[dict[str, str]]:
    """Find the same certificate twice, and a certificate beside another that contains it."""
    errors = []
    seen: dict[tuple[uuid.UUID, str], dict[str, Offer]] = {}
    for choice in choices:
        chosen = seen.setdefault((choice.land.property_id, choice.land.parcel), {})
        chosen.setdefault(choice.offer.product.code, choice.offer)
    taken: set[tuple[uuid.UUID, str, str]] = set()
    for index, choice in enumerate(choices):
        product, land = choice.offer.product, choice.land
        key = (land.property_id, land.parcel, product.code)
        if key in taken:
            sentence = f"{product.title} for {land.parcel_title} is in this order twice. Remove one."
            errors.append({"field": f"lines.{index}.product", "message": sentence})
        taken.add(key)
        for other in seen[land.property_id, land.parcel].values():
            if product.code in other.product.contains:
                sentence = (
                    f"{other.product.title} includes {product.title}. Remove {product.title} for {land.parcel_title}."
                )
                errors.append({"field": f"lines.{index}.product", "message": sentence})
    return errors
