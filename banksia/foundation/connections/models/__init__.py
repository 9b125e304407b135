"""Modules that a council connected, and what is told to and by them."""

from banksia.foundation.connections.models.connections import (
    Connection,
    ConnectionState,
    Health,
    PageMode,
)
from banksia.foundation.connections.models.deliveries import Delivery, DeliveryStatus, ReceivedEvent

__all__ = [
    "Connection",
    "ConnectionState",
    "Delivery",
    "DeliveryStatus",
    "Health",
    "PageMode",
    "ReceivedEvent",
]
