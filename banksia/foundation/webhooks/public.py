"""What other parts use: tell a customer's software what happened."""

from banksia.foundation.webhooks.service.telling import tell_customer

__all__ = ["tell_customer"]
