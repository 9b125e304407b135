"""Modules that a council connected, and what is told to and by them."""

from banksia.foundation.connections.models.calls import AccessToken, KeptObject, RaisedPayment, Reminder
from banksia.foundation.connections.models.connections import (
    Connection,
    ConnectionState,
    Health,
    PageMode,
)
from banksia.foundation.connections.models.deliveries import Delivery, DeliveryStatus, ReceivedEvent
from banksia.foundation.connections.models.signing_keys import SigningKey

__all__ = [
    "AccessToken",
    "Connection",
    "ConnectionState",
    "Delivery",
    "DeliveryStatus",
    "Health",
    "KeptObject",
    "PageMode",
    "RaisedPayment",
    "ReceivedEvent",
    "Reminder",
    "SigningKey",
]
