"""What other parts use: tell a customer's software what happened, and call another's server with the same care."""

from banksia.foundation.webhooks.adapters.addresses import AddressRefused, Nearby, Target, read_url, resolve
from banksia.foundation.webhooks.adapters.getting import Fetched, get
from banksia.foundation.webhooks.adapters.posting import Answer, post
from banksia.foundation.webhooks.adapters.signing import new_secret, sign
from banksia.foundation.webhooks.service.telling import tell_customer

__all__ = [
    "AddressRefused",
    "Answer",
    "Fetched",
    "Nearby",
    "Target",
    "get",
    "new_secret",
    "post",
    "read_url",
    "resolve",
    "sign",
    "tell_customer",
]
