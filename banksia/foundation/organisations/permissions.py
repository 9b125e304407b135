"""Who may change the council's details, modules and settings."""

from banksia.kit.actor import Permission

DETAILS_MANAGE = Permission(
    "organisations.details.manage", "Change the council's details and look", roles=("administrator",)
)
MODULES_MANAGE = Permission(
    "organisations.modules.manage", "Switch modules on and off and change their settings", roles=("administrator",)
)
ALL = (DETAILS_MANAGE, MODULES_MANAGE)
