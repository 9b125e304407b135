"""What other parts use: the modules that a council connected, and what they bring."""

from banksia.foundation.connections.service.credentials import authenticate_all
from banksia.foundation.connections.service.granting import permissions_of_connections
from banksia.foundation.connections.service.requiring import titles_needing
from banksia.foundation.connections.service.showing import ShownModule, shown_modules
from banksia.foundation.connections.service.widgets import RemoteWidget, load_widgets

__all__ = [
    "RemoteWidget",
    "ShownModule",
    "authenticate_all",
    "load_widgets",
    "permissions_of_connections",
    "shown_modules",
    "titles_needing",
]
