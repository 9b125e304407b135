"""Our own stateful fake of Stripe: Checkout Sessions with a hosted page, refunds, events, webhooks and faults.

It implements what Stripe publishes of the endpoints that Banksia uses and is driven through the official SDK.
"""

from banksia.foundation.payments.adapters.fake_stripe.app import DEMO_KEY, create_fake_stripe

__all__ = ["DEMO_KEY", "create_fake_stripe"]
