"""The councils of this installation."""

from banksia.foundation.organisations import commands, permissions, routes
from banksia.kit.module import Module, Navigation

module = Module(
    name="organisations",
    title="Council",
    version="0.1.0",
    kind="foundation",
    description="The council's details, look, modules and their settings.",
    routers=(routes.public, routes.settings),
    commands=commands.commands,
    permissions=permissions.ALL,
    navigation=(
        Navigation("Council details", "/organisations/settings/details", "settings", permissions.DETAILS_MANAGE),
        Navigation("Logo and colours", "/organisations/settings/look", "settings", permissions.DETAILS_MANAGE),
        Navigation("Modules", "/organisations/settings/modules", "settings", permissions.MODULES_MANAGE),
    ),
)
