"""What is read of a line to decide whether an officer must look at it."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day
from banksia.kit.clock import utc_now
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.certificates import draft_of
from banksia.modules.certificates.queries.messages import count_of_customer_messages
from banksia.modules.certificates.queries.orders import transitions_of
from banksia.modules.certificates.queries.products import product_with_code
from banksia.modules.certificates.queries.straight_through import count_of_issued_since
from banksia.modules.certificates.service.known import attributes_about, recorded
from banksia.modules.certificates.service.money import money_of_orders
from banksia.modules.certificates.service.prepared import Prepared, prepare
from banksia.modules.certificates.service.states import UNPAID
from banksia.modules.certificates.service.straight_through.judging import Case
from banksia.modules.property.public import ParcelRead, doubts_about, properties_with_ids

COMPARED = {"status": "status", "is_part": "extent", "area_square_metres": "area"}
"""What of a lot makes it other land than was ordered, with its words."""
AN_HOUR = timedelta(hours=1)


def case_of(
    session: Session, line: OrderLine, *, template_fault: str = "", signing_fault: str = ""
) -> tuple[Case, Prepared]:
    """Read everything that rules look at, with the certificate as it would be printed; the line is locked."""
    about = {each.code: each for each in attributes_about(session, line)}
    draft = session.scalar(draft_of(line.organisation_id, line.id))
    prepared = prepare(session, line, draft, recorded(about))
    product = session.scalars(product_with_code(line.organisation_id, line.product_code)).one()
    wrote = session.scalars(count_of_customer_messages(line.organisation_id, line.order_id)).one()
    case = Case(
        line_id=line.id,
        product=line.product_code,
        today=council_day(session),
        filled=[each for _, filled in prepared.sections for each in filled],
        attributes=about,
        template_fault=template_fault,
        signing_fault=signing_fault,
        needs_check=line.needs_check or product.needs_check,
        money=list(_doubtful_money(session, line)),
        customer_wrote=wrote > 0,
        land=list(_changes_of_land(session, line)),
        doubts=doubts_about(session, line.property_id),
        issued_last_hour=session.scalars(count_of_issued_since(line.organisation_id, utc_now() - AN_HOUR)).one(),
    )
    return case, prepared


def _doubtful_money(session: Session, line: OrderLine) -> Iterator[str]:
    money = money_of_orders(session, [line.order])[line.order_id]
    if money.disputed or money.lost_cents:
        yield "The payer’s bank wants the money back, or took it."
    if money.refunded_cents:
        yield "A part of the payment was refunded."
    if any(step.note == UNPAID for step in session.scalars(transitions_of(line.organisation_id, line.order_id))):
        yield "A payment for the order came back once."


def _changes_of_land(session: Session, line: OrderLine) -> Iterator[str]:
    """Compare the land with the picture that was taken of it when it was ordered."""
    before = line.property_snapshot
    found = properties_with_ids(session, [line.property_id]).get(line.property_id)
    parcel = next((each for each in found.parcels if each.text == line.parcel), None) if found else None
    if found is None or parcel is None:
        yield f"{line.parcel_title} is no longer part of the property."
        return
    if parcel.status != "current":
        yield f"{line.parcel_title} is {parcel.status}."
    yield from _changes_of_parcel(line, parcel)
    for name in ("assessment", "address"):
        if getattr(found, name) != before[name]:
            yield f"The {name} of the property changed since it was ordered."


def _changes_of_parcel(line: OrderLine, parcel: ParcelRead) -> Iterator[str]:
    before = line.property_snapshot["parcel"]
    for name, words in COMPARED.items():
        if name in before and getattr(parcel, name) != before[name]:
            yield f"The {words} of {line.parcel_title} changed since it was ordered."
