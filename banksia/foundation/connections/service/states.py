"""The only ways between the states of a connected module."""

from collections.abc import Mapping

from banksia.foundation.connections.models import ConnectionState

CONNECTED_MODULE_TRANSITIONS: Mapping[str, Mapping[ConnectionState, ConnectionState]] = {
    "approve": {"registered": "verified"},
    "enable": {"verified": "enabled", "disabled": "enabled"},
    "disable": {"verified": "disabled", "enabled": "disabled"},
    "remove": {"registered": "removed", "verified": "removed", "enabled": "removed", "disabled": "removed"},
}
