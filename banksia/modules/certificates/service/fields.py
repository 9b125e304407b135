"""What the text of a template can name as `data`: the land, the order, the product, the council, every attribute.

Every key is always there, so that a text that prints one certificate prints them all; what is not recorded is none.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, current_organisation
from banksia.kit.words import day_in_words, dollars
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.service.known import Known
from banksia.modules.property.public import defined_attributes

Values = dict[str, Any]


def values_of(session: Session, line: OrderLine, known: Known) -> Values:
    """Everything that the text of a line's template can name, its answers and today besides."""
    return {
        **values_of_land(line.property_snapshot),
        "order": {
            "number": line.order.number,
            "reference": line.order.reference,
            "applicant": line.order.contact_name,
            "email": line.order.contact_email,
            "placed_on": day_in_words(council_day(session, line.order.created_at)),
            "fee": dollars(line.total_cents),
            "is_urgent": line.urgent,
        },
        "product": {
            "title": line.product_title,
            "code": line.product_code,
            "law": line.product_snapshot["law"],
        },
        "council": values_of_council(session),
        "attributes": values_of_attributes(session, known),
    }


def values_of_land(snapshot: Mapping[str, Any]) -> Values:
    """Read a property's picture; without a parcel its parts are none."""
    parcel = snapshot["parcel"] or {}
    area = parcel.get("area_square_metres")
    return {
        "property": {
            "address": snapshot["address"],
            "addresses": [each["text"] for each in snapshot["addresses"]],
            "assessment": snapshot["assessment"],
            "parcels": [each["title"] for each in snapshot["parcels"]],
        },
        "parcel": {
            "title": parcel.get("title"),
            "text": parcel.get("text"),
            "lot": parcel.get("lot"),
            "section": parcel.get("section"),
            "plan": f"{parcel['plan_type']} {parcel['plan']}" if parcel else None,
            "area": f"{area:,.0f} m²" if area else None,
        },
    }


def values_of_council(session: Session) -> Values:
    """The council as its letterhead names it."""
    council = current_organisation(session)
    return {
        "name": council.name,
        "abn": council.abn or None,
        "address": council.address or None,
        "phone": council.phone or None,
        "email": council.email or None,
    }


def values_of_attributes(session: Session, known: Known) -> Values:
    """Every attribute of the council's catalogue, recorded for the land or not."""
    return {each.code: _attribute(each.title, each.kind, known, each.code) for each in defined_attributes(session)}


def _attribute(title: str, kind: str, known: Known, code: str) -> Values:
    found = known.get(code)
    recorded = found if found and not found.is_unknown else None
    return {
        "title": title,
        "kind": kind,
        "is_unknown": recorded is None,
        "value": recorded.value if recorded else None,
        "shown": recorded.shown if recorded else None,
        "detail": (recorded.detail or None) if recorded else None,
        "source": recorded.source if recorded else None,
        "as_at": day_in_words(recorded.as_at_on) if recorded and recorded.as_at_on else None,
    }


def nothing_recorded(values: Values) -> Values:
    """The same values for land of which next to nothing is known: what may be none is none."""
    emptied: Values = {key: dict.fromkeys(part) for key, part in values.items() if key in ("property", "parcel")}
    emptied["property"] |= {"addresses": [], "parcels": []}
    emptied["order"] = values["order"] | {"reference": None, "email": None}
    emptied["council"] = values["council"] | dict.fromkeys(("abn", "address", "phone", "email"))
    emptied["attributes"] = {
        code: dict.fromkeys(each) | {"title": each["title"], "kind": each["kind"], "is_unknown": True}
        for code, each in values["attributes"].items()
    }
    return values | emptied
