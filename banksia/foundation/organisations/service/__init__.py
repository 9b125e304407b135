"""What councils are, and what an administrator changes about them."""

from banksia.foundation.organisations.service.councils import (
    change_hosts,
    checked_abn,
    council_day,
    council_zone,
    create_organisation,
    current_organisation,
    enabled_modules,
    start_of_day,
    update_organisation,
)
from banksia.foundation.organisations.service.hosts import council_sites, council_url, find_council
from banksia.foundation.organisations.service.logos import MAX_LOGO_BYTES, logo_of, remove_logo, set_logo
from banksia.foundation.organisations.service.modules import (
    installed,
    module_settings,
    set_module_enabled,
    update_module_settings,
)

__all__ = [
    "MAX_LOGO_BYTES",
    "change_hosts",
    "checked_abn",
    "council_day",
    "council_sites",
    "council_url",
    "council_zone",
    "create_organisation",
    "current_organisation",
    "enabled_modules",
    "find_council",
    "installed",
    "logo_of",
    "module_settings",
    "remove_logo",
    "set_logo",
    "set_module_enabled",
    "start_of_day",
    "update_module_settings",
    "update_organisation",
]
