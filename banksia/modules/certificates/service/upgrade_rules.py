"""What a certificate can become, and for which difference; pure but for the council's settings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import module_settings
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.service.catalogue import Offer
from banksia.modules.certificates.settings import CertificatesSettings


@dataclass(frozen=True)
class Difference:
    """One way to make a certificate more; sums in cents, GST included."""

    offer: Offer
    urgent: bool
    fee_cents: int
    urgent_cents: int

    @property
    def amount_cents(self) -> int:
        """What it costs on top."""
        return self.fee_cents + self.urgent_cents

    @property
    def title(self) -> str:
        """What the certificate becomes."""
        return f"{self.offer.product.title}{', urgent' if self.urgent else ''}"


def are_offered(session: Session) -> bool:
    """Whether the council lets customers upgrade."""
    return module_settings(session, CertificatesSettings).offers_upgrades


def differences(line: OrderLine, beside: Sequence[OrderLine], offers: Mapping[str, Offer]) -> Iterator[Difference]:
    """Find what a line that nobody has taken can become at today's fees: faster, or a product that contains it.

    What costs nothing more is no upgrade, and what is ordered for the same lot already is not offered twice.
    """
    if line.state != "queued":
        return
    here = {each.product_code for each in beside if (each.property_id, each.parcel) == (line.property_id, line.parcel)}
    for offer in offers.values():
        code = offer.product.code
        if offer.closed or (code != line.product_code and (line.product_code not in offer.product.contains)):
            continue
        if code != line.product_code and code in here:
            continue
        yield from _of_offer(line, offer)


def _of_offer(line: OrderLine, offer: Offer) -> Iterator[Difference]:
    fee_cents = 0 if offer.product.code == line.product_code else offer.fee.fee_cents - line.fee_cents
    for urgent in (False, True) if not line.urgent else (True,):
        if urgent and offer.urgent_due_on is None:
            continue
        urgent_cents = max(0, (offer.fee.urgent_fee_cents or 0) - line.urgent_fee_cents) if urgent else 0
        if line.urgent and offer.product.code == line.product_code:
            continue
        if fee_cents >= 0 and fee_cents + urgent_cents > 0:
            yield Difference(offer, urgent, fee_cents, urgent_cents)
