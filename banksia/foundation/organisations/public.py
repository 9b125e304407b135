"""What other parts use: the council of a session, its settings and its addresses."""

from banksia.foundation.organisations.errors import AbnInvalid
from banksia.foundation.organisations.schemas import Council, CouncilSite
from banksia.foundation.organisations.service import (
    checked_abn,
    council_day,
    council_sites,
    council_url,
    council_zone,
    create_organisation,
    current_organisation,
    enabled_modules,
    find_council,
    logo_of,
    module_settings,
    set_module_enabled,
    start_of_day,
    update_module_settings,
    update_organisation,
)

__all__ = [
    "AbnInvalid",
    "Council",
    "CouncilSite",
    "checked_abn",
    "council_day",
    "council_sites",
    "council_url",
    "council_zone",
    "create_organisation",
    "current_organisation",
    "enabled_modules",
    "find_council",
    "logo_of",
    "module_settings",
    "set_module_enabled",
    "start_of_day",
    "update_module_settings",
    "update_organisation",
]
