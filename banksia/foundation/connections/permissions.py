"""Who may connect modules, and who sees what was sent to them."""

from banksia.kit.actor import Permission

MODULES_MANAGE = Permission(
    "connections.modules.manage", "Connect modules that run elsewhere", roles=("administrator",)
)
DELIVERIES_READ = Permission(
    "connections.deliveries.read", "See what was sent to connected modules", roles=("administrator",)
)
ALL = (MODULES_MANAGE, DELIVERIES_READ)
