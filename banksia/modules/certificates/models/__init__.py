"""Tables in the schema "certificates"."""

from banksia.modules.certificates.models.certificates import Certificate, Draft, Issuance
from banksia.modules.certificates.models.messages import Message, MessageFile
from banksia.modules.certificates.models.orders import (
    FINISHED_STATES,
    OPEN_STATES,
    STATES,
    Channel,
    LineState,
    LineTerm,
    LineTransition,
    NumberSeries,
    Order,
    OrderLine,
    OrderToken,
    PlacementKey,
)
from banksia.modules.certificates.models.products import Product, ProductFee, ProductKind

__all__ = [
    "FINISHED_STATES",
    "OPEN_STATES",
    "STATES",
    "Certificate",
    "Channel",
    "Draft",
    "Issuance",
    "LineState",
    "LineTerm",
    "LineTransition",
    "Message",
    "MessageFile",
    "NumberSeries",
    "Order",
    "OrderLine",
    "OrderToken",
    "PlacementKey",
    "Product",
    "ProductFee",
    "ProductKind",
]
