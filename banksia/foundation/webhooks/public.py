"""What other parts use: tell a customer's software what happened, and judge whose address may be called."""

from banksia.foundation.webhooks.adapters.addresses import AddressRefused, Target, read_url, resolve
from banksia.foundation.webhooks.adapters.getting import Fetched, get
from banksia.foundation.webhooks.service.telling import tell_customer

__all__ = ["AddressRefused", "Fetched", "Target", "get", "read_url", "resolve", "tell_customer"]
