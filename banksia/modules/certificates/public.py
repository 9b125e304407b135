"""What other modules and the demo use of certificates; everything else they hear as events."""

from banksia.modules.certificates.events import CertificateIssued
from banksia.modules.certificates.schemas.orders import ContactCreate, LineCreate, OrderCreate, OrderPlaced
from banksia.modules.certificates.service.ordering import place_order

__all__ = ["CertificateIssued", "ContactCreate", "LineCreate", "OrderCreate", "OrderPlaced", "place_order"]
