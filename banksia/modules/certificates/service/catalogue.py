"""What the council offers at a moment: products with the fee in force, due dates, and what is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_zone, module_settings
from banksia.foundation.payments import public as payments
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.words import day_in_words
from banksia.modules.certificates.models import Product, ProductFee
from banksia.modules.certificates.queries.products import fees_in_force, products_of
from banksia.modules.certificates.schemas.catalogue import CatalogueProductRead, CatalogueRead, ClosedRead
from banksia.modules.certificates.service.working_days import (
    WorkingCalendar,
    clock_starts_on,
    due_on,
    local_day,
)
from banksia.modules.certificates.settings import CertificatesSettings


@dataclass(frozen=True)
class Offer:
    """A product that can be sold at a moment, with the fee that is in force; due dates count from that moment."""

    product: Product
    fee: ProductFee
    standard_due_on: date
    urgent_due_on: date | None
    """Null when the product or its fee offers no urgency."""
    closed: ClosedRead | None

    def due_on(self, *, urgent: bool) -> date:
        """The day by which it is issued."""
        return self.urgent_due_on if urgent and self.urgent_due_on else self.standard_due_on

    def turnaround_days(self, *, urgent: bool) -> int:
        """The working days it takes."""
        return (urgent and self.product.urgent_turnaround_days) or self.product.turnaround_days


def calendar_of(session: Session) -> WorkingCalendar:
    """Make the council's working calendar from its settings, in its time zone."""
    settings = module_settings(session, CertificatesSettings)
    days = (day for closed in settings.closed_days for day in closed.days())
    return WorkingCalendar.closed_on(days, council_zone(session))


def offers_at(session: Session, at: datetime) -> dict[str, Offer]:
    """Return what the council sells at a moment, by code. A product without a fee in force is not sold."""
    organisation_id = organisation_id_of(session)
    calendar = calendar_of(session)
    in_force = fees_in_force(organisation_id, local_day(at, calendar.zone))
    fees = {fee.product_id: fee for fee in session.scalars(in_force)}
    return {
        product.code: _offer(product, fees[product.id], calendar, at)
        for product in session.scalars(products_of(organisation_id))
        if product.kind == "sale" and product.is_offered and product.id in fees
    }


def read_catalogue(session: Session) -> CatalogueRead:
    """Return the catalogue as customers see it now: what is sold, then where to get what is not."""
    at = utc_now()
    offers, calendar = offers_at(session, at), calendar_of(session)
    products = [_read_offer(offer, offers, calendar, at) for offer in offers.values()]
    links = [
        _read_link(product)
        for product in session.scalars(products_of(organisation_id_of(session)))
        if product.kind == "link" and product.is_offered
    ]
    refunds = module_settings(session, CertificatesSettings).refund_sentence
    return CatalogueRead(
        products=products + links,
        refund_sentence=refunds,
        card_surcharge_basis_points=payments.card_surcharge_basis_points(session),
        computed_at=at,
    )


def closed_at(product: Product, today: date) -> ClosedRead | None:
    """Say why a product cannot be ordered on a day, or None when it can."""
    has_begun = product.closed_from_on is not None and product.closed_from_on <= today
    is_over = product.opens_again_on is not None and product.opens_again_on <= today
    if not has_begun or is_over:
        return None
    reason = in_full(product.closed_reason or f"{product.title} cannot be ordered at present")
    if product.opens_again_on:
        reason = f"{reason} Orders open again on {day_in_words(product.opens_again_on)}."
    return ClosedRead(reason=reason, opens_again_on=product.opens_again_on)


def in_full(sentence: str) -> str:
    """A sentence with its full stop, whether or not somebody typed one."""
    return sentence if sentence.rstrip("”’\"')").endswith((".", "!", "?")) else f"{sentence}."


def _offer(product: Product, fee: ProductFee, calendar: WorkingCalendar, at: datetime) -> Offer:
    urgent_days = product.urgent_turnaround_days if fee.urgent_fee_cents is not None else None
    cut_off = product.cut_off
    return Offer(
        product=product,
        fee=fee,
        standard_due_on=due_on(calendar, at, turnaround_days=product.turnaround_days, cut_off=cut_off),
        urgent_due_on=due_on(calendar, at, turnaround_days=urgent_days, cut_off=cut_off) if urgent_days else None,
        closed=closed_at(product, local_day(at, calendar.zone)),
    )


def _read_offer(
    offer: Offer, offers: dict[str, Offer], calendar: WorkingCalendar, at: datetime
) -> CatalogueProductRead:
    product, fee = offer.product, offer.fee
    return CatalogueProductRead(
        code=product.code,
        kind="sale",
        title=product.title,
        short_title=product.short_title,
        description=product.description,
        law=product.law,
        link_url=None,
        contains=product.contains,
        contained_in=[code for code, other in offers.items() if product.code in other.product.contains],
        fee_cents=fee.fee_cents,
        urgent_fee_cents=fee.urgent_fee_cents if offer.urgent_due_on else None,
        gst_treatment=fee.gst_treatment,
        gst_cents=payments.gst_in(fee.fee_cents, fee.gst_treatment),
        turnaround_days=product.turnaround_days,
        urgent_turnaround_days=product.urgent_turnaround_days if offer.urgent_due_on else None,
        standard_due_on=offer.standard_due_on,
        urgent_due_on=offer.urgent_due_on,
        cut_off=f"{product.cut_off:%H:%M}",
        counts_from_on=clock_starts_on(calendar, at, product.cut_off),
        closed=offer.closed,
    )


def _read_link(product: Product) -> CatalogueProductRead:
    return CatalogueProductRead(
        code=product.code,
        kind="link",
        title=product.title,
        short_title=product.short_title,
        description=product.description,
        law=product.law,
        link_url=product.link_url,
        contains=[],
        contained_in=[],
        fee_cents=None,
        urgent_fee_cents=None,
        gst_treatment=None,
        gst_cents=None,
        turnaround_days=None,
        urgent_turnaround_days=None,
        standard_due_on=None,
        urgent_due_on=None,
        cut_off=None,
        counts_from_on=None,
        closed=None,
    )
