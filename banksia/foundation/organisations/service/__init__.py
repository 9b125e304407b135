"""What councils are, and what an administrator changes about them."""

from banksia.foundation.organisations.service.councils import (
    council_url,
    create_organisation,
    current_organisation,
    enabled_modules,
    find_council,
    logo_of,
    update_organisation,
)
from banksia.foundation.organisations.service.modules import (
    module_settings,
    set_module_enabled,
    update_module_settings,
)

__all__ = [
    "council_url",
    "create_organisation",
    "current_organisation",
    "enabled_modules",
    "find_council",
    "logo_of",
    "module_settings",
    "set_module_enabled",
    "update_module_settings",
    "update_organisation",
]
