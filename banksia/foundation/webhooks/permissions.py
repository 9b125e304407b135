"""Who may register webhooks."""

from banksia.kit.actor import Permission

WEBHOOKS_KEEP = Permission("webhooks.endpoints.keep", "Register one's own webhooks", roles=("customer",))
ALL = (WEBHOOKS_KEEP,)
